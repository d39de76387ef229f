import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/clock.js';
import { openRedis } from '../../src/live/redis/open-redis.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisServer } from '../support/redis-server.js';
import { anEvent, aWatch } from './conformance/watches.js';
import { eventually, startRedis } from './redis-world.js';

test('A Redis that is not there yet is waited for, saying so once, until it is.', async (t) => {
  const server = await RedisServer.prepare();
  t.after(() => server.stop());
  const logger = memoryLogger();
  const opening = openRedis({ urls: [server.url], clock: systemClock, logger });
  await server.restart();
  const ports = await opening;
  assert.equal(await ports.ready(), true);
  await ports.close();
  const said = logger.lines.filter(({ message }) => message.startsWith('Redis cannot be reached'));
  assert.ok(said.length <= 1);
});

test('A Redis that cannot be used in time fails the start in one sentence that tells no secret.', async (t) => {
  const server = await RedisServer.prepare();
  const locked = await startRedis(t, { settings: ['--requirepass', 'right'] });
  const cases = [
    [server.url, 'ECONNREFUSED'],
    [locked.url.replace('//', '//:canary@'), 'WRONGPASS'],
  ] as const;
  for (const [url, reason] of cases) {
    const logger = memoryLogger();
    await assert.rejects(openRedis({ urls: [url], clock: systemClock, logger, waitMs: 500 }), {
      name: 'RedisUnavailableError',
      message: `Redis, as set by REDIS_URL, could not be used within 0.5 s (${reason}).`,
    });
    assert.ok(logger.lines.length > 0);
    assert.doesNotMatch(JSON.stringify(logger.lines), /canary|127\.0\.0\.1/);
  }
});

test('What puts data at risk is said at the start, and nothing else.', async (t) => {
  const risky = await startRedis(t, { settings: ['--maxmemory-policy', 'allkeys-lru'] });
  const safe = await startRedis(t, { durable: true });
  const saving = await startRedis(t, { settings: ['--save', '60 1'] });
  const expected = [
    [risky, ['maxmemory-policy', 'appendonly']],
    [safe, []],
    [saving, []],
  ] as const;
  for (const [server, settings] of expected) {
    const logger = memoryLogger();
    const ports = await openRedis({ urls: [server.url], clock: systemClock, logger });
    await ports.close();
    assert.deepEqual(
      logger.lines.map(({ facts }) => facts['setting']),
      settings,
    );
  }
});

test('A user that may not look at the server and a part of a cluster are refused in one sentence.', async (t) => {
  const server = await startRedis(t);
  await server.with((redis) =>
    redis.call('ACL', 'SETUSER', 'blind', 'on', '>right', '~*', '&*', '+@all', '-info'),
  );
  for (const [user, ...rules] of [
    ['untold', '~*', 'resetchannels', '+@all'],
    ['unnamed', '~sealgraph*', '&*', '+@all'],
    ['elsewhere', '~other*', '&*', '+@all'],
    ['reader', '~*', '&*', '+@all', '-@write'],
  ] as const)
    await server.with((redis) => redis.call('ACL', 'SETUSER', user, 'on', '>right', ...rules));
  await server.with((redis) =>
    redis.call('ACL', 'SETUSER', 'late', 'on', '>right', '~*', '&*', '+@all', '-time'),
  );
  const part = await RedisServer.prepare({ settings: ['--cluster-enabled', 'yes'] });
  const rest = await RedisServer.prepare({ settings: ['--cluster-enabled', 'yes'] });
  t.after(() => Promise.all([part.stop(), rest.stop()]));
  await Promise.all([part.restart(), rest.restart()]);
  await join(part, rest);
  const cases = [
    [server.url.replace('//', '//blind:right@'), 'The user of REDIS_URL may not use INFO; give it +info.'],
    [server.url.replace('//', '//late:right@'), 'The user of REDIS_URL may not use TIME; give it +time.'],
    [`${server.url.replace(/\/$/, '')}/99`, 'Redis, as set by REDIS_URL, has no database of that number.'],
    [part.url, 'REDIS_URL names one of 2 nodes of a cluster; set REDIS_MODE=cluster.'],
    ...['untold', 'unnamed', 'elsewhere', 'reader'].map(
      (user) =>
        [
          server.url.replace('//', `//${user}:right@`),
          'The user of REDIS_URL may not do what is needed; give it +@read +@write +@scripting +@pubsub, the names ~sealgraph* and ~{sealgraph*, and the channels &sealgraph*.',
        ] as const,
    ),
  ] as const;
  for (const [url, message] of cases)
    await assert.rejects(
      openRedis({ urls: [url], clock: systemClock, logger: memoryLogger(), waitMs: 5_000 }),
      {
        name: 'RedisUnavailableError',
        message,
      },
    );
});

test('A user with the least that the documentation names is enough.', async (t) => {
  const server = await startRedis(t);
  const least = ['+@read', '+@write', '+@scripting', '+@pubsub', '+info', '+time', '+ping'];
  await server.with((redis) =>
    redis.call(
      'ACL',
      'SETUSER',
      'least',
      'on',
      '>right',
      '~sealgraph*',
      '~{sealgraph*',
      'resetchannels',
      '&sealgraph*',
      ...least,
    ),
  );
  const url = server.url.replace('//', '//least:right@');
  const ports = await openRedis({ urls: [url], clock: systemClock, logger: memoryLogger(), waitMs: 5_000 });
  await ports.records.insert({ collection: 'c', owner: 'o', id: 'r', value: 'v', createdAt: 1 });
  await ports.store.ensure(aWatch(systemClock), anEvent('a'));
  await ports.scheduler.schedule('test', 'test.thing~1', Date.now() + 60_000);
  await ports.ready();
  await ports.close();
});

test('Every name in Redis begins with the prefix that is set.', async (t) => {
  const server = await startRedis(t);
  const ports = await openRedis({
    urls: [server.url],
    clock: systemClock,
    logger: memoryLogger(),
    keyPrefix: 'acme:prod',
  });
  await ports.records.insert({ collection: 'c', owner: 'a/b', id: 'r', value: 'v', createdAt: 1 });
  await ports.store.ensure(aWatch(systemClock), anEvent('a'));
  await ports.scheduler.schedule('test', 'test.thing~1', Date.now() + 60_000);
  await ports.ready();
  const names = await server.with((redis) => redis.keys('*'));
  await ports.close();
  assert.ok(names.length >= 8);
  for (const name of names) assert.match(name, /^\{?acme:prod:/);
});

/** Makes two servers one cluster, half of the data each. */
async function join(one: RedisServer, other: RedisServer): Promise<void> {
  const slots = Array.from({ length: 16_384 }, (_, slot) => slot);
  await one.with((redis) => redis.cluster('ADDSLOTS', ...slots.slice(0, 8_192)));
  await other.with((redis) => redis.cluster('ADDSLOTS', ...slots.slice(8_192)));
  await one.with((redis) => redis.cluster('MEET', '127.0.0.1', Number(new URL(other.url).port)));
  await eventually('they know each other', () =>
    one.with(async (redis) => (await redis.cluster('INFO')).includes('cluster_size:2')),
  );
}
