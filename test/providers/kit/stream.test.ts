import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { startServer } from '../../support/http-server.js';
import { ManualClock } from '../../support/manual-clock.js';
import { clientOf, problem } from './client.js';

const UPLOAD = { operation: 'upload', kind: 'write', method: 'PUT', path: '/file' } as const;
const DOWNLOAD = { operation: 'download', kind: 'read', method: 'GET', path: '/file' } as const;

test('an upload is read only as fast as the provider takes it', async (t) => {
  const chunk = Buffer.alloc(64 * 1024);
  const total = 1024;
  let taken = 0;
  const source = Readable.from(
    (function* () {
      for (; taken < total; taken++) yield chunk;
    })(),
    { objectMode: false },
  );
  let paused: IncomingMessage | undefined;
  let received = 0;
  const server = await startServer(t, (request, response) => {
    paused = request.pause();
    request.on('data', (data: Buffer) => (received += data.length));
    request.on('end', () => response.end('stored'));
    request.pause();
  });
  const client = clientOf(t, server.url);
  const call = client.stream({ ...UPLOAD, body: source });
  await server.hit(1);
  // Once two looks a few turns apart find the same, everybody waits for the provider.
  let seen = -1;
  while (seen !== taken) {
    seen = taken;
    for (let i = 0; i < 200; i++) await new Promise((resolve) => setImmediate(resolve));
  }
  assert.ok(taken < total / 2, `${taken} of ${total} chunks were read though nobody took them`);
  paused?.resume();
  const response = await call;
  assert.equal(await text(response.body), 'stored');
  assert.equal(received, total * chunk.length);
});

test('an upload may take longer than its time limit, which begins anew with every chunk', async (t) => {
  const clock = new ManualClock();
  const arrivals: string[] = [];
  let wake = (): void => undefined;
  const server = await startServer(t, (request, response) => {
    request.setEncoding('utf8').on('data', (chunk: string) => {
      arrivals.push(chunk);
      wake();
    });
    request.on('end', () => response.end('stored'));
  });
  const client = clientOf(t, server.url, { clock, timeouts: { streamMs: 1_000 } });
  const upload = (body: Readable) => client.stream({ ...UPLOAD, body });
  const arrived = (count: number): Promise<void> =>
    new Promise((resolve) => {
      wake = () => {
        if (arrivals.length >= count) resolve();
      };
      wake();
    });

  const steady = new PassThrough();
  const call = upload(steady);
  for (let sent = 1; sent <= 4; sent++) {
    steady.write(`${sent}`);
    await arrived(sent);
    await clock.advance(900);
  }
  steady.end();
  assert.equal(await text((await call).body), 'stored');

  const stuck = new PassThrough();
  stuck.write('5');
  const failed = assert.rejects(upload(stuck), problem('OUTCOME_UNKNOWN'));
  await arrived(5);
  await clock.advance(1_000);
  await failed;
  assert.equal(stuck.destroyed, true);
});

test('a download is handed over while it comes', async (t) => {
  const open: ServerResponse[] = [];
  const server = await startServer(t, (_request, response) => {
    open.push(response);
    response.writeHead(200, { 'content-type': 'application/pdf' }).write('first');
  });
  const { status, headers, body } = await clientOf(t, server.url).stream(DOWNLOAD);
  assert.deepEqual([status, headers['content-type']], [200, 'application/pdf']);
  const chunks = body[Symbol.asyncIterator]();
  assert.equal(String((await chunks.next()).value), 'first');
  open[0]?.end('last');
  assert.equal(String((await chunks.next()).value), 'last');
  assert.equal((await chunks.next()).done, true);
});

test('a download that breaks off fails with an error of ours', async (t) => {
  const server = await startServer(t, (_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half of', () => response.destroy());
  });
  const { body } = await clientOf(t, server.url).stream(DOWNLOAD);
  await assert.rejects(text(body), problem('PROVIDER_UNAVAILABLE'));
});

for (const readFirst of [false, true]) {
  test(`a download given up ${readFirst ? 'half-way' : 'unread'} ends at the provider and makes room`, async (t) => {
    let ended = 0;
    const server = await startServer(t, (_request, response) => {
      response.on('close', () => ended++);
      response.write('part');
    });
    const client = clientOf(t, server.url, { concurrency: { limit: 1 } });
    for (let i = 1; i <= 2; i++) {
      const { body } = await client.stream(DOWNLOAD);
      if (readFirst) await body[Symbol.asyncIterator]().next();
      body.destroy();
      while (ended < i) await new Promise((resolve) => setImmediate(resolve));
    }
  });
}

test('an upload whose answer is lost is not made again', async (t) => {
  const server = await startServer(t, (request, response) => {
    request.resume().on('end', () => response.destroy());
  });
  const body = Readable.from(['once'], { objectMode: false });
  await assert.rejects(clientOf(t, server.url).stream({ ...UPLOAD, body }), problem('OUTCOME_UNKNOWN'));
  assert.equal(server.hits, 1);
});

test('the body of a call that cannot be made is destroyed', async (t) => {
  const body = Readable.from(['never'], { objectMode: false });
  const client = clientOf(t, 'http://127.0.0.1:9');
  const { path: _, ...rest } = UPLOAD;
  await assert.rejects(
    client.stream({ ...rest, url: 'http://elsewhere.example/', body }),
    problem('PROVIDER_PROTOCOL'),
  );
  assert.equal(body.destroyed, true);
});

/** Takes uploads to their end. */
const taking = (request: IncomingMessage, response: ServerResponse): void => {
  request.on('error', () => undefined);
  request.resume().on('end', () => response.end('stored'));
};

for (const [how, breakOff] of [
  ['fails', (body: PassThrough) => void body.destroy(new Error('the caller has gone'))],
  ['is closed', (body: PassThrough) => void body.destroy()],
] as const) {
  test(`an upload that ${how} half-way is its caller's fault, and none of the provider's`, async (t) => {
    const server = await startServer(t, taking);
    const client = clientOf(t, server.url, { breaker: { minimumCalls: 2, window: 4, openMs: 10_000 } });
    for (let i = 1; i <= 6; i++) {
      const body = new PassThrough();
      const call = client.stream({ ...UPLOAD, headers: { 'content-length': '100' }, body });
      const refused = assert.rejects(call, problem('INVALID_INPUT'));
      body.write('half');
      await server.hit(i);
      breakOff(body);
      await refused;
    }
    assert.equal(client.breakers.write, 'closed');
    assert.equal((await client.request({ ...UPLOAD, body: 'x' })).status, 200);
  });
}

test('an upload that its caller drips is given up, and one that waits for the provider is not', async (t) => {
  const clock = new ManualClock();
  let paused: IncomingMessage | undefined;
  const server = await startServer(t, (request, response) => {
    request.on('error', () => undefined);
    request.on('end', () => response.end('stored'));
    if (request.url === '/drip') request.resume();
    else paused = request.pause();
  });
  const client = clientOf(t, server.url, { clock });
  const drip = new PassThrough();
  drip.write('x');
  const refused = assert.rejects(
    client.stream({ ...UPLOAD, path: '/drip', body: drip }),
    problem('INVALID_INPUT'),
  );
  await server.hit(1);
  await clock.advance(29_000);
  drip.write('x');
  await clock.advance(1_000);
  await refused;
  assert.equal(drip.destroyed, true);

  const waiting = Readable.from(
    (function* () {
      for (let i = 0; i < 400; i++) yield Buffer.alloc(64 * 1024);
    })(),
    { objectMode: false },
  );
  const call = client.stream({ ...UPLOAD, body: waiting });
  await server.hit(2);
  for (let i = 0; i < 200; i++) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(120_000);
  paused?.resume();
  assert.equal(await text((await call).body), 'stored');
});
