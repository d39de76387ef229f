// p99 of inspecting a key while hostile mails are verified, one after the other, over the same while nothing else goes on.
import 'reflect-metadata';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { generateKey } from 'openpgp';
import { createLocalCrypto } from '../src/providers/guardcrypto/local/index.js';
import { GnuPg } from '../test/support/gnupg.js';
import { withLocalCryptoApp } from './support/local-crypto-app.js';
import { percentile } from './support/percentile.js';
import { probe, sleep } from './support/probe.js';
import { report } from './support/report.js';
import { answerOf, ended, spawnRole } from './support/roles.js';
import { ask } from './support/ask.js';

const FILE = fileURLToPath(import.meta.url);
const MEASURED_MS = 20_000;
const MIB = 1024 * 1024;

const [, , role, url = '', key = ''] = process.argv;
if (role === 'probe') process.stdout.write(JSON.stringify(await load(url, key)));
else if (role === 'mails') await sendMails(url);
else await compare();

async function compare(): Promise<void> {
  const userIDs = [{ email: 'berta@example.com' }];
  const { publicKey } = await generateKey({ type: 'ecc', curve: 'curve25519Legacy', userIDs });
  const localCrypto = createLocalCrypto();
  const figures = await withLocalCryptoApp(localCrypto, (app) =>
    answerOf<Load>(spawnRole(FILE, 'probe', app, publicKey)),
  );
  await localCrypto.close();
  report('guardcrypto-hostile-mails', { ...figures, busyToIdleP99: figures.busyP99Ms / figures.idleP99Ms });
}

interface Load {
  readonly idleP99Ms: number;
  readonly busyP99Ms: number;
  readonly probes: number;
  /** Verified meanwhile. */
  readonly mails: number;
}

async function load(graph: string, publicKey: string): Promise<Load> {
  const inspect = () =>
    ask(
      graph,
      'query ($input: InspectPgpKeyInput!) { inspectPgpKey(input: $input) { key { fingerprint } problem { code } } }',
      { input: { key: publicKey } },
    );
  const sender = spawnRole(FILE, 'mails', graph);
  await once(sender.stdout, 'data');
  await probe(inspect, sleep(3_000));
  const idle = await probe(inspect, sleep(MEASURED_MS));
  let told = '';
  sender.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  sender.stdin.end();
  const busy = await probe(inspect, ended(sender));
  return {
    idleP99Ms: percentile(idle, 0.99),
    busyP99Ms: percentile(busy, 0.99),
    probes: busy.length,
    mails: Number(told),
  };
}

/** Says that it is ready, and sends mails for a while as soon as its input ends. */
async function sendMails(graph: string): Promise<void> {
  const mails = await hostileMails();
  process.stdout.write('ready');
  await once(process.stdin.resume(), 'end');
  let sent = 0;
  for (const until = Date.now() + MEASURED_MS; Date.now() < until; sent += 1) {
    const { field, message } = mails[sent % mails.length] ?? {};
    await ask(
      graph,
      `query ($message: GuardLocalContentInput!) { ${field}(input: { message: $message, ${field === 'verifyPgpMessage' ? 'keys' : 'trusted'}: [] }) { problem { code } } }`,
      { message },
    );
  }
  process.stdout.write(String(sent));
}

/** As large as a request may be, or unfolding to much. */
async function hostileMails() {
  const quoted = 'Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';
  const texts = [
    quoted + ' '.repeat(500_000),
    '-----BEGIN PGP MESSAGE-----\n'.repeat(20_000),
    `Content-Type: multipart/signed${';a=b'.repeat(120_000)}\r\n\r\n`,
  ];
  const ends: (() => Promise<void>)[] = [];
  const gpg = await GnuPg.open({ after: (end) => void ends.push(async () => end()) });
  const packed = await Promise.all(
    ['zip', 'bzip2'].map((algorithm) =>
      gpg.run(['--store', '--compress-algo', algorithm], Buffer.alloc(64 * MIB)),
    ),
  );
  for (const end of ends) await end();
  return [
    ...['verifyPgpMessage', 'verifySmimeMessage'].flatMap((field) =>
      texts.map((text) => ({ field, message: { text } })),
    ),
    ...packed.map((bytes) => ({
      field: 'verifyPgpMessage',
      message: { base64: bytes.toString('base64') },
    })),
  ];
}
