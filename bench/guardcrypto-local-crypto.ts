// p99 of a trivial query while ten 10 MiB mails are encrypted: in threads, as we do it, versus on the event loop.
import 'reflect-metadata';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { generateKey } from 'openpgp';
import { Agent, setGlobalDispatcher } from 'undici';
import { createLocalCrypto } from '../src/providers/guardcrypto/local/index.js';
import type { LocalCrypto } from '../src/providers/guardcrypto/local/index.js';
import { encryptMessage } from '../src/providers/guardcrypto/local/pgp/encrypt-message.js';
import { ask } from './support/ask.js';
import { withLocalCryptoApp } from './support/local-crypto-app.js';
import { percentile } from './support/percentile.js';
import { probe, sleep } from './support/probe.js';
import { report } from './support/report.js';
import { answerOf, ended, spawnRole } from './support/roles.js';

const MAILS = 10;
const MAIL_BYTES = 10 * 1024 * 1024;
const FILE = fileURLToPath(import.meta.url);

const [, , role, url = '', key = ''] = process.argv;
if (role === 'probe') process.stdout.write(JSON.stringify(await load(url, key)));
else if (role === 'mails') await sendMails(url, key);
else await compare();

async function compare(): Promise<void> {
  const { publicKey } = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ email: 'berta@example.com' }],
    format: 'armored',
  });
  const inThreads = createLocalCrypto({ budgetMs: 600_000 });
  const onEventLoop: LocalCrypto = {
    ...inThreads,
    encryptPgp: async (input) => (await encryptMessage(input, new Date())).content,
  };
  const threads = await measure(inThreads, publicKey);
  const eventLoop = await measure(onEventLoop, publicKey);
  await inThreads.close();
  report('guardcrypto-local-crypto', {
    mails: MAILS,
    mailBytes: MAIL_BYTES,
    idleP99Ms: threads.idleP99Ms,
    threadsP99Ms: threads.busyP99Ms,
    eventLoopP99Ms: eventLoop.busyP99Ms,
    eventLoopToThreadsP99: eventLoop.busyP99Ms / threads.busyP99Ms,
    threadsMailsMs: threads.mailsMs,
    eventLoopMailsMs: eventLoop.mailsMs,
  });
}

interface Load {
  readonly idleP99Ms: number;
  readonly busyP99Ms: number;
  /** Until the last mail was there. */
  readonly mailsMs: number;
}

function measure(localCrypto: LocalCrypto, publicKey: string): Promise<Load> {
  return withLocalCryptoApp(localCrypto, (url) => answerOf<Load>(spawnRole(FILE, 'probe', url, publicKey)));
}

async function load(graph: string, publicKey: string): Promise<Load> {
  // However long it takes is what is measured; and connections that wait are closed by a server that was held up.
  setGlobalDispatcher(new Agent({ connect: { timeout: 600_000 }, pipelining: 0 }));
  const sender = spawnRole(FILE, 'mails', graph, publicKey);
  await once(sender.stdout, 'data');
  const anything = () => ask(graph, '{ __typename }');
  await probe(anything, sleep(1_000));
  const idle = await probe(anything, sleep(2_000));
  const startedAt = performance.now();
  sender.stdin.end();
  const busy = await probe(anything, ended(sender));
  return {
    idleP99Ms: percentile(idle, 0.99),
    busyP99Ms: percentile(busy, 0.99),
    mailsMs: performance.now() - startedAt,
  };
}

/** Says that it is ready, and sends all mails at once as soon as its input ends. */
async function sendMails(graph: string, publicKey: string): Promise<void> {
  const mail = (bytes: number): Blob =>
    new Blob([`Subject: large\r\nContent-Type: text/plain\r\n\r\n${'Zeilen. '.repeat(bytes / 8)}`]);
  const large = mail(MAIL_BYTES);
  await encrypt(graph, publicKey, mail(1024));
  process.stdout.write('ready');
  await once(process.stdin.resume(), 'end');
  await Promise.all(Array.from({ length: MAILS }, () => encrypt(graph, publicKey, large)));
}

async function encrypt(graph: string, publicKey: string, mail: Blob): Promise<void> {
  const { encryptPgpMessage } = await ask<{ encryptPgpMessage: { ticket: { url: string } } }>(
    graph,
    'mutation ($input: EncryptPgpMessageInput!) { encryptPgpMessage(input: $input) { ticket { url } } }',
    { input: { keys: [publicKey], form: 'MAIL' } },
  );
  const response = await fetch(new URL(encryptPgpMessage.ticket.url, graph), { method: 'PUT', body: mail });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`the mail was answered with ${response.status}`);
}
