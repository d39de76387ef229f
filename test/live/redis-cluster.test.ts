import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { systemClock } from '../../src/clock.js';
import { openRedis, type RedisOptions } from '../../src/live/redis/open-redis.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisCluster } from '../support/redis-cluster.js';
import { RedisSentinels } from '../support/redis-sentinels.js';
import type { RedisServer } from '../support/redis-server.js';
import { Collector } from './conformance/collector.js';
import { ScriptedProvider } from './conformance/scripted-provider.js';
import { eventually, redisProcess, startRedis, watched } from './redis-world.js';

const WATCHES = 24;
const STEPS = 6;

test('On a cluster of three nodes nothing is lost, repeated or put in another order when a node is killed.', async (t) => {
  const cluster = await RedisCluster.start();
  t.after(() => cluster.stop());
  await survives(t, cluster.masters[0], { urls: cluster.urls, mode: 'cluster' });
});

test('By Sentinels the server is found, and the one that takes over when it is killed.', async (t) => {
  const sentinels = await RedisSentinels.start();
  t.after(() => sentinels.stop());
  await survives(t, sentinels.master, { urls: sentinels.urls, mode: 'sentinel', masterName: 'watched' });
});

test('By Sentinels a server that hangs is left for the one that has taken over.', async (t) => {
  const sentinels = await RedisSentinels.start();
  t.after(() => sentinels.stop());
  const ports = await openRedis({
    ...{ urls: sentinels.urls, mode: 'sentinel', masterName: 'watched' },
    ...{ clock: systemClock, logger: memoryLogger(), commandTimeoutMs: 500 },
  });
  t.after(() => ports.close());
  const record = { collection: 'things', owner: 'acme/alice', id: 'r1', value: 'v', createdAt: 1 };
  sentinels.master.freeze();
  await eventually('another serves', () => ports.records.put(record).catch(() => false));
  assert.deepEqual(await ports.records.get('things', 'acme/alice', 'r1'), record);
});

test('What REDIS_URL names and REDIS_MODE says otherwise is refused in one sentence.', async (t) => {
  const server = await startRedis(t);
  const sentinels = await RedisSentinels.start();
  t.after(() => sentinels.stop());
  const cases: [Pick<RedisOptions, 'urls' | 'mode' | 'masterName'>, RegExp][] = [
    [{ urls: [server.url], mode: 'cluster' }, /\(no node of a cluster; see REDIS_MODE\)/],
    [{ urls: [server.url], mode: 'sentinel' }, /\(no Sentinel; see REDIS_MODE\)/],
    [{ urls: sentinels.urls, mode: 'sentinel', masterName: 'other' }, /see REDIS_SENTINEL_NAME\)/],
    [{ urls: sentinels.urls.slice(0, 1) }, /names a Sentinel; set REDIS_MODE=sentinel\./],
  ];
  for (const [address, message] of cases)
    await assert.rejects(
      openRedis({ ...address, clock: systemClock, logger: memoryLogger(), waitMs: 1_000 }),
      { name: 'RedisUnavailableError', message },
    );
});

/** Two processes poll and two readers follow each thing, while one server is killed and another takes its place. */
async function survives(t: TestContext, victim: RedisServer, address: Partial<RedisOptions>) {
  const provider = new ScriptedProvider();
  const one = await redisProcess(t, victim, provider, { redis: address });
  const other = await redisProcess(t, victim, provider, { redis: address });
  const keys = Array.from({ length: WATCHES }, (_, at) => `thing-${at}`);
  const watches = await Promise.all(keys.map((key) => one.live.watch(watched(key))));
  const readers = await Promise.all(
    watches.flatMap(({ id }) =>
      [one, other].map(async ({ live }) => new Collector(await live.subscribe(id))),
    ),
  );
  for (const { live } of [one, other]) await live.startPolling(['test']);
  const step = async (count: number): Promise<void> => {
    for (const key of keys) provider.set(key, `busy-${count}`);
    await eventually(`step ${count} has reached everybody`, () =>
      readers.every(({ seen }) => seen.at(-1)?.endsWith(`:busy-${count}`)),
    );
  };
  await step(1);
  await victim.kill();
  for (let count = 2; count <= STEPS; count++) await step(count);
  for (const key of keys) provider.set(key, 'done');
  await eventually('everybody is told the end', () => readers.every(({ ended }) => ended));
  for (const {
    sequences: [first = 0, ...others],
    seen,
  } of readers) {
    assert.deepEqual(
      others,
      others.map((_, at) => first + at + 1),
    );
    assert.ok(!seen.some((line) => line.startsWith('!')));
  }
  const record = { collection: 'things', owner: 'acme/alice', id: 'r1', value: 'v', createdAt: 1 };
  assert.equal(await one.records.put(record), true);
  assert.deepEqual(await other.records.get('things', 'acme/alice', 'r1'), record);
}
