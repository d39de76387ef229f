import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { createClient } from 'sealgraph/client';
import { WebSocket } from 'ws';
import { followMessage, sendMessage, type MessageChange } from '../../examples/web-client/approval.js';
import { ProblemError } from '../../examples/web-client/problem-error.js';
import { sendFile, signIn } from '../../examples/web-client/send-file.js';
import { packagePath } from '../../src/package-path.js';
import { StreamClient } from '../support/gateway/stream-client.js';
import { providerId } from '../../src/subgraph/global-id.js';
import { RedisServer } from '../support/redis-server.js';
import { runProgram, tryProgram } from '../support/run-program.js';
import { askGraph, control, startSealgraph, type SealgraphProcess } from '../support/sealgraph.js';
import { temporaryDirectory, type Teardown } from '../support/simulators.js';
import { startBreakableProxy, type BreakableProxy } from '../support/breakable-proxy.js';

const NOBODY = 'nobody@example.test';
const COMPILED = packagePath('dist/examples/node-client');

/** The product as `npm start` runs it. */
let sandbox: SealgraphProcess;
let url: string;

const ends: (() => Promise<void>)[] = [];
const wholeFile: Teardown = { after: (end) => ends.unshift(end) };
after(async () => {
  for (const end of ends) await end();
});

before(async () => {
  const directory = await temporaryDirectory(wholeFile);
  wholeFile.after(() => rm(COMPILED, { recursive: true, force: true }));
  await compile('examples/node-client', '--noEmit', 'false', '--outDir', COMPILED);
  sandbox = startSealgraph(wholeFile, ['start'], { PORT: '0', SEALGRAPH_DATA_DIR: directory });
  url = await sandbox.lineAfter('ready');
});

test('the web client sends a message and misses and repeats no change when its socket breaks', async (t) => {
  const proxy = await startBreakableProxy(t, url);
  const graph = createClient({ url: proxy.url, webSocketImpl: WebSocket });
  t.after(() => graph.close());

  const id = await sendMessage(graph, { recipients: [NOBODY], subject: 'Payment 4711' });
  const seen: MessageChange[] = [];
  for await (const change of followMessage(graph, id)) {
    seen.push(change);
    if (change.sequence === 1) await changeWhileAway(proxy, id);
  }
  assert.deepEqual(
    seen.map(({ sequence, isTerminal, twoFactorMessage: { outcome } }) => [sequence, isTerminal, outcome]),
    [
      [1, false, 'PENDING'],
      [2, false, 'PENDING'],
      [3, true, 'APPROVED'],
    ],
  );
});

test('the web client puts a file into a SafeBox, and says which problem there was', async (t) => {
  const graph = createClient({ url, webSocketImpl: WebSocket });
  t.after(() => graph.close());

  await assert.rejects(
    signIn(graph, { username: 'ada', password: 'not hers' }),
    (error) => error instanceof ProblemError && error.code === 'WRONG_SECRET',
  );
  await signIn(graph, { username: 'ada', password: 'ada-demo-password' });
  const id = await sendFile(graph, {
    fileName: 'greeting.txt',
    content: new Blob(['Hello, world!\n'], { type: 'text/plain' }),
    recipient: 'reads@partner.example',
  });

  const { data } = await askGraph<{ safeBox: unknown }>(
    url,
    'query ($id: ID!) { safeBox(id: $id) { subject messages { documents { name sizeBytes } } } }',
    { id },
  );
  assert.deepEqual(data.safeBox, {
    subject: 'greeting.txt',
    messages: [{ documents: [{ name: 'greeting.txt', sizeBytes: 14 }] }],
  });
});

test('the web client compiles for a browser and needs nothing of Node', async () => {
  await compile('examples/web-client');
  const { outputFiles } = await build({
    entryPoints: [packagePath('examples/web-client/main.ts')],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  assert.equal(outputFiles.length, 1);
});

test('the node client succeeds on approval alone, and says why a message was not sent', async () => {
  const run = (...recipients: string[]) =>
    tryProgram(process.execPath, [`${COMPILED}/main.js`, 'Payment 4711', ...recipients], {
      env: { SEALGRAPH_URL: url },
    });
  const [approved, denied, refused] = await Promise.all([
    run('approve@example.test'),
    run('approve@example.test', 'deny@example.test'),
    run('twice@example.test', 'twice@example.test'),
  ]);
  assert.match(approved.stdout.toString(), /^sent \S+\n1 approve@example\.test PENDING\n/);
  assert.match(approved.stdout.toString(), /\n\d approve@example\.test APPROVED\noutcome APPROVED\n$/);
  assert.deepEqual([approved.status, approved.stderr], [0, '']);

  assert.match(denied.stdout.toString(), /\noutcome DENIED\n$/);
  assert.deepEqual([denied.status, denied.stderr], [1, '']);

  assert.match(refused.stderr, /^It was not sent: .* \(INVALID_INPUT\)\n$/);
  assert.equal(refused.status, 1);
});

test('the node client misses and repeats no change when its socket breaks', async (t) => {
  const proxy = await startBreakableProxy(t, url);
  const client = spawn(process.execPath, [`${COMPILED}/main.js`, 'Payment 4711', NOBODY], {
    env: { SEALGRAPH_URL: proxy.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(client, 'close');
  t.after(() => client.kill('SIGKILL'));

  const lines: string[] = [];
  for await (const line of createInterface({ input: client.stdout })) {
    lines.push(line);
    const id = lines[0]?.slice('sent '.length) ?? '';
    if (line.endsWith('PENDING')) await changeWhileAway(proxy, id);
  }
  assert.deepEqual(lines.slice(1), [
    `1 ${NOBODY} PENDING`,
    `2 ${NOBODY} NOTIFIED`,
    `3 ${NOBODY} APPROVED`,
    'outcome APPROVED',
  ]);
  assert.deepEqual(await closed, [0, null]);
});

test('when the store loses its data, every client is told STREAM_LOST, and the node client says so', async (t) => {
  const redis = await RedisServer.start();
  t.after(() => redis.stop());
  const { url: endpoint } = await overRedis(t, redis);
  for (const lose of [
    () => redis.with((connection) => connection.flushall()),
    async () => {
      await redis.kill();
      await redis.restart();
    },
  ]) {
    const client = spawn(process.execPath, [`${COMPILED}/main.js`, 'Payment 4711', NOBODY], {
      env: { SEALGRAPH_URL: endpoint },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = once(client, 'close');
    t.after(() => client.kill('SIGKILL'));
    let said = '';
    client.stderr.on('data', (chunk) => (said += String(chunk)));
    const lines = createInterface({ input: client.stdout })[Symbol.asyncIterator]();
    const id = String((await lines.next()).value).slice('sent '.length);
    assert.equal((await lines.next()).value, `1 ${NOBODY} PENDING`);
    const sse = await StreamClient.open(endpoint, 'text/event-stream', CHANGED, { variables: { id } });
    assert.equal((await sse.nextEvent())?.[0], 'next');

    await lose();
    assert.deepEqual(await closed, [1, null]);
    assert.match(said, /^What this subscription was told is no longer known here[^\n]*\n$/);
    assert.match(JSON.stringify(await sse.nextEvent()), /^\["next",\{.*"code":"STREAM_LOST"/);
    assert.deepEqual(await sse.nextEvent(), ['complete', undefined]);
  }
});

const CHANGED = 'subscription ($id: ID!) { twoFactorMessageChanged(id: $id) { sequence } }';

async function overRedis(t: Teardown, redis: RedisServer): Promise<{ readonly url: string }> {
  const process = startSealgraph(t, ['start'], {
    PORT: '0',
    SEALGRAPH_DATA_DIR: await temporaryDirectory(t),
    REDIS_URL: redis.url,
    VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  });
  return { url: await process.lineAfter('ready') };
}

/** Two changes that a client behind the proxy can only hear of when it asks for what it missed. */
async function changeWhileAway(proxy: BreakableProxy, id: string): Promise<void> {
  const line = sandbox.lines.find((one) => one.startsWith('simulator messaging2fa '));
  const controlUrl = line?.split(' control ')[1] ?? assert.fail('Messaging2FA is not simulated');
  proxy.break();
  for (const status of ['NOTIFIED', 'APPROVED']) {
    await control(controlUrl, 'setStatus', {
      messageId: providerId('TwoFactorMessage', id),
      userId: NOBODY,
      status,
    });
    await askGraph(
      url,
      'mutation ($id: ID!) { refreshTwoFactorMessage(input: { id: $id }) { problem { code } } }',
      { id },
    );
  }
  proxy.mend();
}

async function compile(folder: string, ...options: string[]): Promise<void> {
  const tsc = packagePath('node_modules/typescript/bin/tsc');
  await runProgram(process.execPath, [tsc, '-p', packagePath(folder), ...options]);
}
