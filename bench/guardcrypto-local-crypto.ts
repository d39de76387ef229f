// p99 of a trivial query while ten 10 MiB mails are encrypted: in threads, as we do it, versus on the event loop.
import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { generateKey } from 'openpgp';
import { Agent, setGlobalDispatcher } from 'undici';
import { GuardLocalEncryptResolver } from '../resolvers/guardcrypto/local-encrypt.resolver.js';
import { LocalUploads } from '../resolvers/guardcrypto/local-uploads.js';
import { GuardPersonResolver } from '../resolvers/guardcrypto/person.resolver.js';
import { Person } from '../resolvers/guardcrypto/person.type.js';
import { createApp } from '../src/app.js';
import { openPorts } from '../src/cli/open-ports.js';
import { loadConfig } from '../src/config/index.js';
import { createLogger } from '../src/logger.js';
import { createLocalCrypto } from '../src/providers/guardcrypto/local/index.js';
import type { LocalCrypto } from '../src/providers/guardcrypto/local/index.js';
import { encryptMessage } from '../src/providers/guardcrypto/local/pgp/encrypt-message.js';
import { defineProvider } from '../src/providers/kit/define-provider.js';
import { defineSubgraph } from '../src/subgraph/define-subgraph.js';
import { percentile } from './support/percentile.js';
import { report } from './support/report.js';
import { ask } from './support/ask.js';

const MAILS = 10;
const MAIL_BYTES = 10 * 1024 * 1024;
const PROBE_EVERY_MS = 50;

// Queries and mails come from processes of their own, which nothing here can hold up.
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

/** The whole product in this process, serving a client in another. */
async function measure(localCrypto: LocalCrypto, publicKey: string): Promise<Load> {
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-bench-'));
  const module = defineSubgraph({
    provider: defineProvider({
      name: 'guardcrypto',
      description: 'Local crypto alone.',
      settings: {},
      connect: () => ({ close: async () => undefined }),
    }),
    watches: [],
    createServices: (_client, tools) => ({
      localCrypto,
      localUploads: new LocalUploads({ ...tools, localCrypto }),
    }),
    resolvers: [GuardLocalEncryptResolver, GuardPersonResolver],
    person: Person,
    references: {},
  });
  const config = loadConfig({ PORT: '0', SEALGRAPH_DATA_DIR: dir }, [{ name: module.name, settings: {} }]);
  const logger = createLogger({ level: 'error' });
  const ports = await openPorts(config, logger);
  const app = await createApp({
    config,
    callers: { type: 'demo' },
    modules: [module],
    ports,
    logger,
    isSandbox: true,
  });
  const client = spawnRole('probe', app.url, publicKey);
  let answer = '';
  client.stdout.setEncoding('utf8').on('data', (text: string) => (answer += text));
  await ended(client);
  await app.stop();
  rmSync(dir, { recursive: true, force: true });
  return JSON.parse(answer) as Load;
}

function spawnRole(...args: readonly string[]) {
  const file = fileURLToPath(import.meta.url);
  return spawn(process.execPath, ['--import', 'tsx', file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
}

async function ended(child: ReturnType<typeof spawnRole>): Promise<void> {
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`a client ended with ${status}`);
}

async function load(graph: string, publicKey: string): Promise<Load> {
  // However long it takes is what is measured; and connections that wait are closed by a server that was held up.
  setGlobalDispatcher(new Agent({ connect: { timeout: 600_000 }, pipelining: 0 }));
  const sender = spawnRole('mails', graph, publicKey);
  await once(sender.stdout, 'data');
  await probe(graph, sleep(1_000));
  const idle = await probe(graph, sleep(2_000));
  const startedAt = performance.now();
  sender.stdin.end();
  const busy = await probe(graph, ended(sender));
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

/** Asks at fixed times, whether or not the answers before have come, and tells how long each took. */
async function probe(graph: string, until: Promise<unknown>): Promise<number[]> {
  const answers: Promise<number>[] = [];
  const startedAt = performance.now();
  let isOver = false;
  void until.finally(() => (isOver = true));
  for (let due = startedAt; !isOver; due += PROBE_EVERY_MS) {
    await sleep(due - performance.now());
    answers.push(ask(graph, '{ __typename }').then(() => performance.now() - due));
  }
  await until;
  return Promise.all(answers);
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

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
