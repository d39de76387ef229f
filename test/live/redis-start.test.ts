import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/clock.js';
import { openRedis } from '../../src/live/redis/open-redis.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisServer } from '../support/redis-server.js';
import { startRedis } from './redis-world.js';

test('A Redis that is not there yet is waited for, saying so once, until it is.', async (t) => {
  const server = await RedisServer.prepare();
  t.after(() => server.stop());
  const logger = memoryLogger();
  const opening = openRedis({ url: server.url, clock: systemClock, logger });
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
    await assert.rejects(openRedis({ url, clock: systemClock, logger, waitMs: 500 }), {
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
    const ports = await openRedis({ url: server.url, clock: systemClock, logger });
    await ports.close();
    assert.deepEqual(
      logger.lines.map(({ facts }) => facts['setting']),
      settings,
    );
  }
});
