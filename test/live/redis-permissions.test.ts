import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Redis } from 'ioredis';
import { systemClock } from '../../src/clock.js';
import { Collector } from './conformance/collector.js';
import { ScriptedProvider } from './conformance/scripted-provider.js';
import { anEvent, aWatch, commitNext } from './conformance/watches.js';
import { eventually, redisProcess, startRedis, watched } from './redis-world.js';

const WATCHES = 20;
const LEAST_REFUSALS = 12;
const ALL = ['on', '>right', '~*', '&*', '+@all'];

/** How often the server has refused a user, as far as it remembers. */
async function refusals(redis: Redis): Promise<number> {
  const entries = (await redis.call('ACL', 'LOG', '128')) as unknown[][];
  return entries.reduce((sum, entry) => sum + Number(entry[entry.indexOf('count') + 1]), 0);
}

// Each is what another part of a process cannot do without.
const TAKEN = ['-evalsha', '-publish', '-zadd', '-bzpopmin', '-xadd', '-@write', '-subscribe'];
for (const taken of TAKEN)
  test(`A permission that is taken away from a running process (${taken}) is told in a few lines, then that it is back, and nothing is lost.`, async (t) => {
    const server = await startRedis(t);
    await server.with((redis) => redis.call('ACL', 'SETUSER', 'app', ...ALL));
    const provider = new ScriptedProvider();
    const { live, logger } = await redisProcess(t, server, provider, {
      redis: { urls: [server.url.replace('//', '//app:right@')] },
      live: { reconcileEveryMs: 2_000 },
    });
    const watches = await Promise.all(
      Array.from({ length: WATCHES }, (_, n) => live.watch(watched(`thing-${n}`))),
    );
    await live.startPolling(['test']);
    const readers = await Promise.all(watches.map(async ({ id }) => new Collector(await live.subscribe(id))));
    await eventually('the first polls', () => provider.reads.flat().length >= WATCHES);
    const before = logger.lines.length;
    await server.with((redis) => redis.call('ACL', 'SETUSER', 'app', taken));
    if (taken === '-subscribe') await server.with((redis) => redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub'));
    let count = 1;
    await server.with((redis) =>
      eventually('it was refused often', async () => {
        for (let n = 0; n < WATCHES; n++) provider.set(`thing-${n}`, 'busy', (count += 1));
        return (await refusals(redis)) >= LEAST_REFUSALS;
      }),
    );
    const told = logger.lines.slice(before);
    assert.ok(told.length > 0, 'it is told');
    assert.ok(told.length <= 8, JSON.stringify(told.map(({ message }) => message)));
    await server.with((redis) => redis.call('ACL', 'SETUSER', 'app', '+@all'));
    for (let n = 0; n < WATCHES; n++) provider.set(`thing-${n}`, 'done');
    await eventually('the end for all', () => readers.every(({ ended }) => ended));
    await eventually('it is told that it is well', () =>
      logger.lines.slice(before).some(({ level }) => level === 'info'),
    );
  });

// What the scripts of a watch write with, in the order in which they do, or another.
const WRITTEN_WITH = ['-del', '-hdel', '-hset', '-xadd', '-pexpire', '-pexpireat', '-publish', '-persist'];
for (const taken of WRITTEN_WITH)
  test(`What a watch was refused in the middle of a step (${taken}) keeps it from nothing later.`, async (t) => {
    const server = await startRedis(t);
    const grant = (...rules: string[]) =>
      server.with((redis) => redis.call('ACL', 'SETUSER', 'app', ...rules));
    await grant(...ALL);
    const { store } = await redisProcess(t, server, new ScriptedProvider(), {
      redis: { urls: [server.url.replace('//', '//app:right@')] },
    });
    const begun = aWatch(systemClock);
    const late = aWatch(systemClock, { key: 'thing-2', onlyWhileSubscribed: true });
    await store.ensure(begun, anEvent('open'));
    await grant(taken);
    await commitNext({ store }, begun.id, 'refused').catch(() => undefined);
    await store.ensure(late, anEvent('open')).catch(() => undefined);
    await grant('+@all');
    await store.ensure(late, anEvent('open'));
    for (const { id } of [begun, late]) {
      assert.equal((await commitNext({ store }, id, 'busy')).outcome, 'NEW');
      assert.equal(
        (await commitNext({ store }, id, 'done', { terminal: true, endReason: 'FINISHED' })).outcome,
        'NEW',
      );
      assert.equal((await store.read(id))?.latest?.state, 'done');
    }
  });

for (const taken of ['-zadd', '-zrem', '-hset', '-pexpireat', '-persist'])
  test(`A record that was refused in the middle (${taken}) is in the list once it is kept.`, async (t) => {
    const server = await startRedis(t);
    const grant = (...rules: string[]) =>
      server.with((redis) => redis.call('ACL', 'SETUSER', 'app', ...rules));
    await grant(...ALL);
    const { records } = await redisProcess(t, server, new ScriptedProvider(), {
      redis: { urls: [server.url.replace('//', '//app:right@')] },
    });
    const createdAt = Date.now();
    const kept = { collection: 'things', owner: 'o', id: 'for ever', value: 'v', createdAt };
    const ending = { ...kept, id: 'for a day', expiresAt: createdAt + 86_400_000 };
    await grant(taken);
    for (const record of [kept, ending]) await records.insert(record).catch(() => undefined);
    await grant('+@all');
    for (const record of [kept, ending]) await records.insert(record);
    const { records: listed } = await records.list('things', 'o', { limit: 10 });
    assert.deepEqual(listed.map(({ id }) => id).toSorted(), ['for a day', 'for ever']);
  });
