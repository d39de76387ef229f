import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/clock.js';
import { ProviderError } from '../../src/provider-error.js';
import { connectRedis } from '../../src/redis/connect.js';
import { Keys } from '../../src/redis/keys.js';
import { RedisCallGate } from '../../src/redis/redis-call-gate.js';
import type { HttpClientOptions } from '../../src/providers/kit/http-client.js';
import { clientOf, problem, READ, WRITE } from '../providers/kit/client.js';
import { startServer } from '../support/http-server.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisServer } from '../support/redis-server.js';

const OPEN_MS = 1_000;

/** A provider whose answer the test sets, and the clients of several processes on one Redis. */
async function replicas(
  t: TestContext,
  count: number,
  optionsOf: (n: number) => Partial<HttpClientOptions> = () => ({}),
) {
  const redis = await RedisServer.start();
  const answer: { status: number; headers: Record<string, string> } = { status: 500, headers: {} };
  const server = await startServer(t, (_request, response) =>
    response.writeHead(answer.status, answer.headers).end(),
  );
  const clients = [];
  for (let n = 0; n < count; n++) {
    const connections = await connectRedis({ urls: [redis.url], clock: systemClock, logger: memoryLogger() });
    t.after(() => connections.close());
    clients.push(
      clientOf(t, server.url, {
        gate: new RedisCallGate(connections.commands, new Keys()),
        breaker: { minimumCalls: 4, window: 4, openMs: OPEN_MS },
        retry: { retries: 0 },
        ...optionsOf(n),
      }),
    );
  }
  t.after(() => redis.stop());
  return { redis, server, clients, answer };
}

async function refusedAfter(call: Promise<unknown>): Promise<number> {
  const error = await call.then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  assert.ok(error instanceof ProviderError && error.retryAfterMs !== undefined);
  return error.retryAfterMs;
}

test('What one process finds broken is refused by all, probed by one call at a time, and open to all when that went well.', async (t) => {
  const { server, clients, answer } = await replicas(t, 3);
  const [first] = clients;
  assert.ok(first);
  for (let n = 0; n < 4; n++) await first.request(READ);
  for (const client of clients) {
    assert.ok((await refusedAfter(client.request(READ))) <= OPEN_MS);
    assert.equal(client.breakers.read, 'open');
    // Reads say nothing of writes.
    assert.equal(client.breakers.write, 'closed');
  }
  assert.equal(server.hits, 4);

  const probeAll = async (): Promise<number> => {
    const before = server.hits;
    await pause(await refusedAfter(first.request(READ)));
    while (server.hits === before)
      await Promise.allSettled(clients.flatMap((client) => [client.request(READ), client.request(READ)]));
    return server.hits - before;
  };
  assert.equal(await probeAll(), 1);
  await assert.rejects(first.request(READ), problem('PROVIDER_UNAVAILABLE'));
  answer.status = 200;
  await probeAll();
  for (const client of clients.slice(1)) assert.equal((await client.request(READ)).status, 200);
});

// Whatever a tenant is called, with what stands between the parts of a name too.
const ACCOUNTS = [
  undefined,
  'acme',
  'acme.read',
  'files.account:acme',
  'account:acme',
  'acme%2Eread',
  '',
  '\u00e4',
];

test('Each account has a breaker and a pause of its own, common to all processes, whatever it is called and by which way.', async (t) => {
  const ways = ACCOUNTS.flatMap((account) => [undefined, 'files'].map((channel) => ({ account, channel })));
  const { server, clients, answer } = await replicas(t, 2 * ways.length, (n) => {
    const { account, channel } = ways[n % ways.length] ?? {};
    return { account, ...(channel !== undefined && { channel }) };
  });
  for (const [way] of ways.entries()) {
    const [one, other] = [clients[way], clients[ways.length + way]];
    assert.ok(one && other);
    answer.status = 500;
    // What went well before lets it open sooner.
    for (let n = 0; n < 4; n++) await one.request(READ).catch(() => undefined);
    answer.status = 200;
    await assert.rejects(other.request(READ), problem('PROVIDER_UNAVAILABLE'));
    Object.assign(answer, { status: 429, headers: { 'retry-after': '600' } });
    await one.request(WRITE);
    Object.assign(answer, { status: 200, headers: {} });
    await assert.rejects(other.request(WRITE), problem('RATE_LIMITED'));
    const before = server.hits;
    for (const later of clients.slice(way + 1, ways.length)) {
      assert.equal((await later.request(READ)).status, 200);
      assert.equal((await later.request(WRITE)).status, 200);
    }
    assert.equal(server.hits - before, 2 * (ways.length - way - 1));
  }
});

test('A pause that the provider asks one process for is kept by all, for calls of that kind.', async (t) => {
  const { server, clients, answer } = await replicas(t, 2);
  const [first, second] = clients;
  assert.ok(first && second);
  Object.assign(answer, { status: 429, headers: { 'retry-after': '600' } });
  await first.request(READ);
  for (const client of clients) {
    await assert.rejects(client.request(READ), problem('RATE_LIMITED'));
    const leftMs = await refusedAfter(client.request(READ));
    assert.ok(leftMs > 30_000 && leftMs <= 60_000);
  }
  assert.equal(server.hits, 1);
  answer.status = 200;
  assert.equal((await second.request(WRITE)).status, 200);
  Object.assign(answer, { status: 429, headers: { 'retry-after': '1' } });
  await second.request(WRITE);
  answer.status = 200;
  let status = 0;
  while (status !== 200)
    status = await first.request(WRITE).then(
      (answered) => answered.status,
      () => 0,
    );
});

test('While nothing can be shared, each process decides alone about reads, and sends no write that could be lost.', async (t) => {
  const { redis, server, clients } = await replicas(t, 2);
  await redis.kill();
  const [first, second] = clients;
  assert.ok(first && second);
  for (let n = 0; n < 4; n++) await first.request(READ);
  await assert.rejects(first.request(READ), problem('PROVIDER_UNAVAILABLE'));
  assert.equal((await second.request(READ)).status, 500);
  assert.equal(server.hits, 5);
  await assert.rejects(second.request(WRITE), problem('STORE_UNAVAILABLE'));
  assert.equal(server.hits, 5);
});
