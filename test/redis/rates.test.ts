import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { systemClock } from '../../src/clock.js';
import { createRates } from '../../src/rates/create-rates.js';
import type { Rates } from '../../src/rates/rates.js';
import { startRedis } from '../live/redis-world.js';
import { connectRedis } from '../../src/redis/connect.js';
import { Keys } from '../../src/redis/keys.js';
import type { RedisAddress } from '../../src/redis/redis-address.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisCluster } from '../support/redis-cluster.js';

const NONE = { perCaller: 0, perTenant: 0 };
const LIMITS = { requests: { perCaller: 5, perTenant: 8 }, mutations: NONE, effects: NONE };
const ANN = { tenant: 'acme', subject: 'ann' };
const BOB = { tenant: 'acme', subject: 'bob' };

/** What several processes on one Redis count with. */
async function replicas(t: TestContext, address: Pick<RedisAddress, 'urls' | 'mode'>) {
  const rates: Rates[] = [];
  for (let n = 0; n < 3; n++) {
    const connections = await connectRedis({
      ...address,
      clock: systemClock,
      logger: memoryLogger(),
    });
    t.after(async () => connections.close());
    rates.push(createRates(LIMITS, { redis: connections.commands, keyPrefix: new Keys().rates() }));
  }
  return rates;
}

async function allowed(rates: readonly Rates[], owner: typeof ANN, times: number): Promise<number> {
  let count = 0;
  for (let n = 0; n < times; n++)
    if ((await rates[n % rates.length]?.take('requests', owner))?.isAllowed) count++;
  return count;
}

async function assertShared(rates: readonly Rates[]): Promise<void> {
  assert.equal(await allowed(rates, ANN, 20), LIMITS.requests.perCaller);
  assert.equal(await allowed(rates, BOB, 20), LIMITS.requests.perTenant - LIMITS.requests.perCaller);
  assert.equal(await allowed(rates, { tenant: 'other', subject: 'ann' }, 5), 5);
}

test('whichever process is asked, a caller and a tenant have one limit', async (t) => {
  const server = await startRedis(t);
  await assertShared(await replicas(t, { urls: [server.url] }));
});

test('on a cluster the same', async (t) => {
  const cluster = await RedisCluster.start();
  t.after(() => cluster.stop());
  await assertShared(await replicas(t, { urls: cluster.urls, mode: 'cluster' }));
});

test('while Redis is away each process counts for itself, and nobody is refused for that', async (t) => {
  const server = await startRedis(t);
  const [first] = await replicas(t, { urls: [server.url] });
  assert.ok(first);
  await server.kill();
  assert.equal(await allowed([first], ANN, 20), LIMITS.requests.perCaller);
});
