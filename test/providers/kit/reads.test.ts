import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../../support/http-server.js';
import { ManualClock } from '../../support/manual-clock.js';
import { clientOf, problem, READ } from './client.js';

for (const status of [502, 503, 504]) {
  test(`a read answered with ${status} is made again, twice at the most`, async (t) => {
    const server = await startServer(t, (_request, response) => {
      response.writeHead(server.hits < 3 ? status : 200).end('at last');
    });
    const response = await clientOf(t, server.url).request(READ);
    assert.deepEqual([response.status, response.text(), server.hits], [200, 'at last', 3]);
  });
}

test('a read whose connection breaks is made again, then it is unavailable', async (t) => {
  const server = await startServer(t, (_request, response) => response.destroy());
  await assert.rejects(clientOf(t, server.url).request(READ), problem('PROVIDER_UNAVAILABLE'));
  assert.equal(server.hits, 3);
});

test('a read answered with 500 or 404 is not made again', async (t) => {
  for (const status of [500, 404]) {
    const server = await startServer(t, (_request, response) => response.writeHead(status).end());
    assert.equal((await clientOf(t, server.url).request(READ)).status, status);
    assert.equal(server.hits, 1);
  }
});

test('a provider says by a predicate which of its answers ask for another attempt', async (t) => {
  const server = await startServer(t, (_request, response) => {
    response.writeHead(server.hits === 1 ? 420 : 200).end('{}');
  });
  const client = clientOf(t, server.url, { retryWhen: ({ status }) => status === 420 });
  assert.equal((await client.request(READ)).status, 200);
  assert.equal(server.hits, 2);
});

test('the wait before a further attempt is random below a bound that doubles', async (t) => {
  const clock = new ManualClock();
  const server = await startServer(t, (_request, response) => response.writeHead(503).end());
  const call = clientOf(t, server.url, { clock, random: () => 0.5 }).request(READ);
  await waiting(clock);
  await clock.advance(49);
  assert.equal(server.hits, 1);
  await clock.advance(1);
  await server.hit(2);
  await waiting(clock);
  await clock.advance(99);
  assert.equal(server.hits, 2);
  await clock.advance(1);
  assert.equal((await call).status, 503);
  assert.equal(server.hits, 3);
});

test('Retry-After decides the wait', async (t) => {
  const clock = new ManualClock();
  const server = await startServer(t, (_request, response) => {
    response.writeHead(server.hits === 1 ? 503 : 200, { 'retry-after': '1' }).end();
  });
  const call = clientOf(t, server.url, { clock }).request(READ);
  await waiting(clock);
  await clock.advance(999);
  assert.equal(server.hits, 1);
  await clock.advance(1);
  assert.equal((await call).status, 200);
});

test('a Retry-After beyond the cap ends the call with that answer', async (t) => {
  const server = await startServer(t, (_request, response) => {
    response.writeHead(503, { 'retry-after': '3' }).end();
  });
  assert.equal((await clientOf(t, server.url).request(READ)).status, 503);
  assert.equal(server.hits, 1);
});

test('a wait that would outlast the call is not begun', async (t) => {
  const server = await startServer(t, (_request, response) => {
    response.writeHead(503, { 'retry-after': '2' }).end();
  });
  assert.equal((await clientOf(t, server.url).request({ ...READ, timeoutMs: 1_999 })).status, 503);
  assert.equal(server.hits, 1);
});

test('a read that is not answered within the whole call times out', async (t) => {
  const clock = new ManualClock();
  const server = await startServer(t, () => undefined);
  const call = clientOf(t, server.url, { clock }).request({ ...READ, timeoutMs: 3_000 });
  const rejected = assert.rejects(call, problem('PROVIDER_TIMEOUT'));
  await server.hit(1);
  await clock.advance(3_000);
  await rejected;
});

test('a read whose headers do not come in time times out without another attempt', async (t) => {
  const server = await startServer(t, () => undefined);
  const client = clientOf(t, server.url, { timeouts: { headersMs: 50 } });
  await assert.rejects(client.request(READ), problem('PROVIDER_TIMEOUT'));
  assert.equal(server.hits, 1);
});

test('something that is not HTTP is a protocol error', async (t) => {
  const server = await startServer(t, (request) => request.socket.end('SSH-2.0-OpenSSH\r\n'));
  await assert.rejects(clientOf(t, server.url).request(READ), problem('PROVIDER_PROTOCOL'));
  assert.equal(server.hits, 1);
});

test('a value that cannot be written as HTTP is refused and nothing is sent', async (t) => {
  const server = await startServer(t, (_request, response) => response.end());
  const call = clientOf(t, server.url).request({ ...READ, headers: { 'x-token': 'a\r\nx-evil: b' } });
  await assert.rejects(call, problem('INVALID_INPUT'));
  assert.equal(server.hits, 0);
});

// Both the deadline of the call and the wait are then scheduled.
async function waiting(clock: ManualClock): Promise<void> {
  while (clock.pending < 2) await new Promise((resolve) => setImmediate(resolve));
}
