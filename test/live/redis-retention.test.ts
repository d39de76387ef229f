import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/clock.js';
import { ScriptedProvider } from './conformance/scripted-provider.js';
import { anEvent, aWatch } from './conformance/watches.js';
import { eventually, redisProcess, startRedis } from './redis-world.js';

test('Finished and resting watches are forgotten after their retention, with all their keys; others are kept.', async (t) => {
  const server = await startRedis(t);
  const { store } = await redisProcess(t, server, new ScriptedProvider(), { redis: { retentionMs: 1_000 } });
  const lasting = aWatch(systemClock, { key: 'lasting' });
  const finished = aWatch(systemClock, { key: 'finished' });
  const resting = aWatch(systemClock, { key: 'resting', onlyWhileSubscribed: true });
  const wanted = aWatch(systemClock, { key: 'wanted', onlyWhileSubscribed: true });
  for (const watch of [lasting, resting, wanted]) await store.ensure(watch, anEvent('a'));
  await store.ensure(finished, anEvent('z', { terminal: true, endReason: 'FINISHED' }));
  await store.keepInterest(wanted.id, Date.now() + 600_000);
  for (const { id } of [finished, resting])
    await eventually('it is forgotten', async () => (await store.read(id)) === undefined);
  for (const { id } of [lasting, wanted]) assert.equal((await store.read(id, 0))?.since.length, 1);
  const logs = await server.with((redis) => redis.keys('*:log'));
  assert.deepEqual(logs.toSorted(), [lasting, wanted].map(({ id }) => `sealgraph:{w:${id}}:log`).toSorted());
  assert.equal(await store.ensure(finished), 'created');
});
