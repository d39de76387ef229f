// p99 of inspecting a key while two other callers have hostile mails verified, and hostile keys inspected, over the same
// while nothing else goes on.
import 'reflect-metadata';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { generateKey } from 'openpgp';
import { createLocalCrypto } from '../src/providers/guardcrypto/local/index.js';
import { createTokenIssuer } from '../test/support/token-issuer.js';
import { ask } from './support/ask.js';
import { hostileQueries, type HostileKind } from './support/hostile-queries.js';
import { withLocalCryptoApp } from './support/local-crypto-app.js';
import { percentile } from './support/percentile.js';
import { probe, sleep } from './support/probe.js';
import { report } from './support/report.js';
import { answerOf, ended, spawnRole } from './support/roles.js';

const FILE = fileURLToPath(import.meta.url);
const MEASURED_MS = 20_000;
/** What is said of them, and of those that had to wait too long. */
const WORKED_ON = ['none', 'INVALID_INPUT', 'TOO_LARGE', 'PROCESSING_LIMIT', 'RATE_LIMITED'];
const SENDERS = ['mallory', 'trudy'];

const [, , role, url = '', ...rest] = process.argv;
if (role === 'probe') process.stdout.write(JSON.stringify(await load(url, rest)));
else if (role === 'mails' || role === 'keys') await send(role, url, rest[0] ?? '');
else await compare();

async function compare(): Promise<void> {
  const userIDs = [{ email: 'berta@example.com' }];
  const { publicKey } = await generateKey({ type: 'ecc', curve: 'curve25519Legacy', userIDs });
  const localCrypto = createLocalCrypto();
  const issuer = createTokenIssuer();
  const tokens = await Promise.all(
    ['berta', ...SENDERS].map((subject) => issuer.tokenFor(subject, ['guardcrypto:read'])),
  );
  const figures = await withLocalCryptoApp(
    localCrypto,
    (app) => answerOf<Load>(spawnRole(FILE, 'probe', app, publicKey, ...tokens)),
    issuer.settings,
  );
  await localCrypto.close();
  const { idleP99Ms, mailsP99Ms, keysP99Ms } = figures;
  report('guardcrypto-hostile-mails', {
    ...figures,
    busyToIdleP99: mailsP99Ms / idleP99Ms,
    keysToIdleP99: keysP99Ms / idleP99Ms,
  });
}

interface Load {
  readonly idleP99Ms: number;
  readonly mailsP99Ms: number;
  /** Verified meanwhile. */
  readonly mails: number;
  readonly keysP99Ms: number;
  /** Inspected meanwhile. */
  readonly keys: number;
}

async function load(graph: string, [publicKey = '', own = '', ...tokens]: readonly string[]): Promise<Load> {
  const inspect = async () => {
    const { inspectPgpKey } = await ask<{ inspectPgpKey: { key: object | null } }>(
      graph,
      'query ($input: InspectPgpKeyInput!) { inspectPgpKey(input: $input) { key { fingerprint } problem { code } } }',
      { input: { key: publicKey } },
      { authorization: `Bearer ${own}` },
    );
    if (inspectPgpKey.key === null) throw new Error('the key was not looked into');
  };
  const under = async (kind: HostileKind) => {
    const senders = tokens.map((token) => spawnRole(FILE, kind, graph, token));
    await Promise.all(senders.map(({ stdout }) => once(stdout, 'data')));
    const told = senders.map(async (sender) => {
      let text = '';
      sender.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
      sender.stdin.end();
      await ended(sender);
      return Number(text);
    });
    const counts = Promise.all(told);
    const times = await probe(inspect, counts);
    return {
      p99Ms: percentile(times, 0.99),
      count: (await counts).reduce((sum, count) => sum + count, 0),
    };
  };
  await inspect();
  await probe(inspect, sleep(3_000));
  const idle = await probe(inspect, sleep(MEASURED_MS));
  const mails = await under('mails');
  const keys = await under('keys');
  return {
    idleP99Ms: percentile(idle, 0.99),
    mailsP99Ms: mails.p99Ms,
    mails: mails.count,
    keysP99Ms: keys.p99Ms,
    keys: keys.count,
  };
}

/** Says that it is ready, and sends what is hostile for a while as soon as its input ends. */
async function send(kind: HostileKind, graph: string, token: string): Promise<void> {
  const queries = await hostileQueries(kind);
  process.stdout.write('ready');
  await once(process.stdin.resume(), 'end');
  let sent = 0;
  for (const until = Date.now() + MEASURED_MS; Date.now() < until; sent += 1) {
    const { query, variables } = queries[sent % queries.length] ?? { query: '{ __typename }', variables: {} };
    const data = await ask<Record<string, { problem: { code: string } | null }>>(graph, query, variables, {
      authorization: `Bearer ${token}`,
    });
    const code = Object.values(data)[0]?.problem?.code ?? 'none';
    if (!WORKED_ON.includes(code)) throw new Error(`nothing was looked at: ${code}`);
  }
  process.stdout.write(String(sent));
}
