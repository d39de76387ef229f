import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HubEvent } from '../../src/live/event-reader.js';
import { Collector } from './conformance/collector.js';
import { ScriptedProvider } from './conformance/scripted-provider.js';
import { commitNext } from './conformance/watches.js';
import { eventually, kind, redisProcess, startRedis, watched } from './redis-world.js';
import { liveWorld } from './live-world.js';

// The log is not read without a reason within the time of a test.
const RARELY = { live: { refreshEveryMs: 3_600_000 } };

for (const [loss, lose] of [
  ['FLUSHALL', (server) => server.with((redis) => redis.flushall())],
  [
    'a restart without what it held',
    async (server) => {
      await server.kill();
      await server.restart();
    },
  ],
] as [string, (server: Awaited<ReturnType<typeof startRedis>>) => Promise<unknown>][])
  test(`After ${loss} every subscriber is told STREAM_LOST at once, in every process.`, async (t) => {
    const server = await startRedis(t);
    const [one, other] = [
      await redisProcess(t, server, new ScriptedProvider(), RARELY),
      await redisProcess(t, server, new ScriptedProvider(), RARELY),
    ];
    const { id } = await one.live.watch({ ...watched('thing-1'), first: FIRST });
    const streams = await Promise.all([one, one, other].map(({ live }) => live.subscribe(id)));
    const codes = streams.map((stream) => failureOf(stream));
    const startedAt = Date.now();
    await lose(server);
    assert.deepEqual(await Promise.all(codes), ['STREAM_LOST', 'STREAM_LOST', 'STREAM_LOST']);
    assert.ok(Date.now() - startedAt < 15_000);
    assert.deepEqual(one.live.counts(), { subscribers: 0, watches: 0 });
    await eventually('it can be used again', () => one.ready().catch(() => false));
    // What is still open at the provider can be followed again.
    await one.live.watch({ ...watched('thing-1'), first: FIRST });
    const again = new Collector(await other.live.subscribe(id));
    await one.live.apply(kind, id, async () => ({ status: 'done', count: 0 }));
    await eventually('the end', () => again.ended);
    assert.deepEqual(again.seen, ['1:open', '2:done']);
  });

test('A cursor of another life is told apart, also when the new log has reached as far.', async (t) => {
  const world = liveWorld(t);
  const first = { status: 'open', count: 0 };
  const { id } = await world.watch('thing-1', { first });
  await commitNext(world, id, { status: 'busy', count: 1 });
  const before = new Collector(await world.live.subscribe(id));
  await world.clock.advance(1);
  await before.leave();
  await commitNext(world, id, { status: 'done', count: 2 }, { terminal: true, endReason: 'FINISHED' });
  // Forgotten, and made again.
  await world.clock.advance(2 * 3_600_000);
  await world.watch('thing-1', { first });
  for (const status of ['a', 'b', 'c']) await commitNext(world, id, { status, count: 3 });
  const resumed = [
    new Collector(await world.live.subscribe(id, { after: before.cursor })),
    new Collector(await world.live.subscribe(id, { after: before.cursor })),
  ];
  await commitNext(world, id, { status: 'done', count: 4 }, { terminal: true, endReason: 'FINISHED' });
  await world.clock.advance(1);
  for (const reader of resumed) assert.deepEqual(reader.seen, ['!4:c', '5:done']);
});

test('Who holds events when the data is lost reads them before the error, and then nothing more.', async (t) => {
  const server = await startRedis(t);
  const { live } = await redisProcess(t, server, new ScriptedProvider(), RARELY);
  const { id } = await live.watch({ ...watched('thing-1'), first: FIRST });
  const slow = await live.subscribe(id);
  const quick = await live.subscribe(id);
  await server.with((redis) => redis.flushall());
  assert.equal(await failureOf(quick), 'STREAM_LOST');
  assert.equal((await slow.next()).value?.event.sequence, 1);
  await assert.rejects(slow.next(), { code: 'STREAM_LOST' });
  assert.equal((await slow.next()).done, true);
});

const FIRST = { state: { status: 'open', count: 0 }, source: 'COMMAND' } as const;

/** Reads to the end; answers the code of the error there, if there is one. */
async function failureOf(stream: AsyncIterableIterator<HubEvent>): Promise<unknown> {
  try {
    for await (const { event } of stream) if (event.terminal) break;
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}
