import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProviderError } from '../../src/provider-error.js';
import { Collector } from './conformance/collector.js';
import { ScriptedProvider } from './conformance/scripted-provider.js';
import { eventually, kind, redisProcess, startRedis, watched } from './redis-world.js';

const isRefusal = (error: unknown): boolean => error instanceof ProviderError && error.isRetryable;

const RECORD = { collection: 'things', owner: 'acme/alice', id: 'r1', value: 'v', createdAt: 1 };

test('While Redis is away commands are refused at once and sent nowhere; when it is back nothing is lost and everything goes on.', async (t) => {
  const server = await startRedis(t, { durable: true });
  const provider = new ScriptedProvider();
  const { live, records, ready } = await redisProcess(t, server, provider);
  const watch = await live.watch(watched('thing-1'));
  await live.startPolling(['test']);
  const reader = new Collector(await live.subscribe(watch.id));
  provider.set('thing-1', 'busy');
  await eventually('the first change', () => reader.seen.at(-1) === `${reader.events.length}:busy`);
  const told = reader.seen;
  await records.put(RECORD);
  assert.equal(await ready(), true);

  await server.kill();
  let sent = 0;
  const command = async () => ((sent += 1), { status: 'commanded', count: 0 });
  await eventually('the loss is noticed', () =>
    ready().then(
      () => false,
      () => true,
    ),
  );
  const startedAt = performance.now();
  await assert.rejects(live.apply(kind, watch.id, command), isRefusal);
  await assert.rejects(live.watch(watched('thing-2')), isRefusal);
  await assert.rejects(records.put(RECORD), isRefusal);
  await assert.rejects(records.insert({ ...RECORD, id: 'r2' }), isRefusal);
  assert.ok(performance.now() - startedAt < 2_000);
  assert.equal(sent, 0);

  provider.set('thing-1', 'done');
  await server.restart();
  await eventually('the end', () => reader.ended);
  assert.deepEqual(reader.seen, [...told, `${told.length + 1}:done`]);
  assert.deepEqual(await records.get('things', 'acme/alice', 'r1'), RECORD);
  assert.equal(await ready(), true);
});

for (const taken of ['-publish', '-set', '-@write', '-@read', '-hset', '-zadd', '-xadd'])
  test(`A Redis that can be read and no longer takes ${taken.slice(1)} is not ready, until it does again, and holds nothing of the trying.`, async (t) => {
    const server = await startRedis(t);
    await server.with((redis) => redis.call('ACL', 'SETUSER', 'app', 'on', '>right', '~*', '&*', '+@all'));
    const { ready } = await redisProcess(t, server, new ScriptedProvider(), {
      redis: { urls: [server.url.replace('//', '//app:right@')] },
    });
    const isReady = () => ready().catch(() => false);
    assert.equal(await isReady(), true);
    const names = await server.with((redis) => redis.keys('*probe*'));
    await server.with((redis) => redis.call('ACL', 'SETUSER', 'app', taken));
    assert.equal(await isReady(), false);
    await server.with((redis) => redis.call('ACL', 'SETUSER', 'app', '+@all'));
    assert.equal(await isReady(), true);
    assert.deepEqual([names, await server.with((redis) => redis.keys('*probe*'))], [[], []]);
  });

for (const taken of ['-publish', '-@write'])
  test(`A command is not begun by who can be told nothing of it (${taken}), and leaves nothing.`, async (t) => {
    const server = await startRedis(t);
    await server.with((redis) => redis.call('ACL', 'SETUSER', 'app', 'on', '>right', '~*', '&*', '+@all'));
    const { records } = await redisProcess(t, server, new ScriptedProvider(), {
      redis: { urls: [server.url.replace('//', '//app:right@')] },
    });
    await server.with((redis) => redis.call('ACL', 'SETUSER', 'app', taken));
    await assert.rejects(records.claim(RECORD), isRefusal);
    assert.equal(await records.get('things', 'acme/alice', 'r1'), undefined);
    await server.with((redis) => redis.call('ACL', 'SETUSER', 'app', '+@all'));
    assert.equal(await records.claim(RECORD), true);
    assert.deepEqual(await records.get('things', 'acme/alice', 'r1'), RECORD);
  });

test('A Redis that does not answer is refused within the command timeout, and used again when it does.', async (t) => {
  const server = await startRedis(t);
  const { records, ready } = await redisProcess(t, server, new ScriptedProvider(), {
    redis: { commandTimeoutMs: 300 },
  });
  server.freeze();
  await assert.rejects(records.get('things', 'acme/alice', 'r1'), isRefusal);
  server.thaw();
  await eventually('an answer', () => ready().catch(() => false));
  assert.equal(await records.get('things', 'acme/alice', 'r1'), undefined);
});

test('Wake-ups that were missed while the subscriptions were cut are made up for as soon as they are back.', async (t) => {
  const server = await startRedis(t);
  // The log is not read without a reason within the time of the test.
  const { live, bus } = await redisProcess(t, server, new ScriptedProvider(), {
    live: { refreshEveryMs: 3_600_000 },
  });
  let reconnects = 0;
  bus.onReconnect(() => (reconnects += 1));
  const watches = await Promise.all([1, 2, 3].map((n) => live.watch(watched(`thing-${n}`))));
  const readers = await Promise.all(
    watches.flatMap(({ id }) => [1, 2].map(async () => new Collector(await live.subscribe(id)))),
  );
  const STEPS = 30;
  for (let count = 1; count <= STEPS; count++) {
    if (count % 10 === 0) {
      const before = reconnects;
      await server.with((redis) => redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub'));
      // Some steps while nobody hears them, one cut at a time.
      if (count > 10) await eventually('the subscriptions are back', () => reconnects > before);
    }
    const status = count === STEPS ? 'done' : 'busy';
    await Promise.all(watches.map(({ id }) => live.apply(kind, id, async () => ({ status, count }))));
  }
  await eventually('the end for all', () => readers.every(({ ended }) => ended));
  for (const reader of readers)
    assert.deepEqual(
      reader.sequences,
      Array.from({ length: STEPS }, (_, n) => n + 1),
    );
  assert.ok(reconnects >= 2);
});
