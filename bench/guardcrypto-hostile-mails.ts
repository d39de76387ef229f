// p99 of inspecting a key while two other callers have hostile mails verified, over the same while nothing else goes on.
import 'reflect-metadata';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { generateKey } from 'openpgp';
import { createLocalCrypto } from '../src/providers/guardcrypto/local/index.js';
import { createTokenIssuer } from '../test/support/token-issuer.js';
import { ask } from './support/ask.js';
import { hostileQueries } from './support/hostile-queries.js';
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
else if (role === 'mails') await sendMails(url, rest[0] ?? '');
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
  report('guardcrypto-hostile-mails', { ...figures, busyToIdleP99: figures.busyP99Ms / figures.idleP99Ms });
}

interface Load {
  readonly idleP99Ms: number;
  readonly busyP99Ms: number;
  readonly busyP50Ms: number;
  readonly probes: number;
  /** Verified meanwhile. */
  readonly mails: number;
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
  const senders = tokens.map((token) => spawnRole(FILE, 'mails', graph, token));
  await Promise.all(senders.map(({ stdout }) => once(stdout, 'data')));
  await inspect();
  await probe(inspect, sleep(3_000));
  const idle = await probe(inspect, sleep(MEASURED_MS));
  const told = senders.map((sender) => {
    let text = '';
    sender.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    sender.stdin.end();
    return async () => (await ended(sender), Number(text));
  });
  const counts = Promise.all(told.map((end) => end()));
  const busy = await probe(inspect, counts);
  return {
    idleP99Ms: percentile(idle, 0.99),
    busyP99Ms: percentile(busy, 0.99),
    busyP50Ms: percentile(busy, 0.5),
    probes: busy.length,
    mails: (await counts).reduce((sum, count) => sum + count, 0),
  };
}

/** Says that it is ready, and sends mails for a while as soon as its input ends. */
async function sendMails(graph: string, token: string): Promise<void> {
  const queries = await hostileQueries();
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
