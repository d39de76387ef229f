import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { bodyOf, startServer } from '../../support/http-server.js';
import { ManualClock } from '../../support/manual-clock.js';
import { clientOf, problem, WRITE } from './client.js';

test('a write whose answer is lost reaches the server exactly once and its outcome is unknown', async (t) => {
  const server = await startServer(t, (request, response) => {
    void bodyOf(request).then(() => response.destroy());
  });
  await assert.rejects(clientOf(t, server.url).request(WRITE), problem('OUTCOME_UNKNOWN'));
  assert.equal(server.hits, 1);
});

test('a write whose answer breaks off reaches the server exactly once and its outcome is unknown', async (t) => {
  const server = await startServer(t, (_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half of', () => response.destroy());
  });
  await assert.rejects(clientOf(t, server.url).request(WRITE), problem('OUTCOME_UNKNOWN'));
  assert.equal(server.hits, 1);
});

test('a write that is not answered in time has an unknown outcome and is not sent again', async (t) => {
  const clock = new ManualClock();
  const server = await startServer(t, () => undefined);
  const call = clientOf(t, server.url, { clock }).request(WRITE);
  const rejected = assert.rejects(call, problem('OUTCOME_UNKNOWN'));
  await server.hit(1);
  await clock.advance(10_000);
  await rejected;
  assert.equal(server.hits, 1);
});

test('a write answered with 503 is not sent again: the answer is handed over', async (t) => {
  const server = await startServer(t, (_request, response) => response.writeHead(503).end());
  assert.equal((await clientOf(t, server.url).request(WRITE)).status, 503);
  assert.equal(server.hits, 1);
});

test('a write that nobody listens for is tried again, and arrives once when somebody does', async (t) => {
  const clock = new ManualClock();
  const port = await freePort();
  const { logger, ...client } = clientOf(t, `http://127.0.0.1:${port}`, { clock, random: () => 0.5 });
  const call = client.request(WRITE);
  await until(() => clock.pending === 2);
  const bodies: string[] = [];
  await startServer(
    t,
    (request, response) => {
      void bodyOf(request).then((body) => {
        bodies.push(body);
        response.end('done');
      });
    },
    { port },
  );
  await clock.advance(100);
  assert.equal((await call).text(), 'done');
  assert.deepEqual(bodies, ['once']);
  assert.deepEqual(
    logger.lines.map(({ facts }) => [facts['attempt'], facts['reason'] ?? facts['status']]),
    [
      [1, 'ECONNREFUSED'],
      [2, 200],
    ],
  );
});

test('a write that never got through is unavailable, not of unknown outcome', async (t) => {
  // The client's waits do not keep the process alive; a server does.
  await startServer(t, () => undefined);
  const client = clientOf(t, `http://127.0.0.1:${await freePort()}`);
  await assert.rejects(client.request(WRITE), problem('PROVIDER_UNAVAILABLE'));
  assert.equal(client.logger.lines.length, 3);
});

test('a write whose TLS handshake never ends was not sent: it is unavailable after all attempts', async (t) => {
  let connections = 0;
  const silent = createServer((socket) => {
    connections++;
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  t.after(() => silent.close());
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as AddressInfo;
  const client = clientOf(t, `https://127.0.0.1:${port}`, { timeouts: { connectMs: 50 } });
  await assert.rejects(client.request(WRITE), problem('PROVIDER_UNAVAILABLE'));
  assert.equal(connections, 3);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
