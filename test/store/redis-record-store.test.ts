import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/clock.js';
import { connectRedis } from '../../src/redis/connect.js';
import { Keys } from '../../src/redis/keys.js';
import { RedisRecordStore } from '../../src/store/redis/redis-record-store.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisServer } from '../support/redis-server.js';
import { testRecordStore, type RecordStoreUnderTest } from './conformance.js';

// A cluster, so that whatever touches keys of several slots at once is refused.
let server: RedisServer;
before(async () => void (server = await RedisServer.start({ cluster: true })));
after(() => server.stop());

let opened = 0;
testRecordStore({ name: 'redis', open: () => openOver(`test-${(opened += 1)}`) });

async function openOver(prefix: string): Promise<RecordStoreUnderTest> {
  const clock = systemClock;
  const connections = await connectRedis({ urls: [server.url], clock, logger: memoryLogger() });
  const records = new RedisRecordStore(connections.commands, new Keys(prefix), { clock });
  const close = async (): Promise<void> => {
    await records.close();
    connections.close();
  };
  return {
    records,
    now: () => clock.now(),
    advance: (ms) => pause(ms),
    async crash() {
      await close();
      return openOver(prefix);
    },
    close,
  };
}

test('redis: ids of records that have expired leave the index of their owner with later writes, unlisted.', async (t) => {
  const under = await openOver('bounded');
  t.after(() => under.close());
  const { records } = under;
  const base = { collection: 'tickets', owner: 'acme/alice', value: 'v', createdAt: under.now() };
  await records.insert({ ...base, id: 'lasting' });
  for (let n = 0; n < 300; n++)
    await records.insert({ ...base, id: `t${n}`, expiresAt: under.now() + 1_000 });
  await under.advance(2_100);
  for (let n = 0; n < 40; n++)
    await records.insert({ ...base, id: `later${n}`, expiresAt: under.now() + 60_000 });
  const sizes = await server.with(async (redis) => {
    const keys = (await redis.keys('bounded:*')).filter((key) => /}(~expiring)?$/.test(key));
    return Promise.all(keys.map((key) => redis.zcard(key)));
  });
  assert.deepEqual(
    sizes.toSorted((a, b) => a - b),
    [40, 41],
  );
  const { records: listed } = await records.list('tickets', 'acme/alice', { limit: 100 });
  assert.equal(listed.length, 41);
});
