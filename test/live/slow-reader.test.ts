import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Collector } from './conformance/collector.js';
import { finish, liveWorld, tell } from './live-world.js';

test('A slow subscriber holds a bounded number of events, sees the sequence jump, and gets the last one.', async (t) => {
  const world = liveWorld(t, { live: () => ({ bufferSize: 3 }) });
  const { id } = await world.watch('thing-1');
  const slow = await world.live.subscribe(id);
  const quick = new Collector(await world.live.subscribe(id));
  for (let n = 1; n <= 9; n++) await tell(world, id, `s${n}`);
  await finish(world, id);
  await world.clock.advance(0);
  const late = new Collector(slow);
  await late.finished;
  assert.deepEqual(late.seen, ['1:s1', '2:s2', '10:done']);
  assert.equal(quick.seen.length, 10);
});

test('The mark of missed events stays, also when a slow subscriber skips the event that had it.', async (t) => {
  const world = liveWorld(t, { live: () => ({ bufferSize: 1 }), retainedEvents: 2 });
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  const early = new Collector(await world.live.subscribe(id));
  await world.clock.advance(0);
  await early.leave();
  for (let n = 2; n <= 5; n++) await tell(world, id, `s${n}`);
  const slow = await world.live.subscribe(id, { after: early.cursor });
  await tell(world, id, 's6');
  await finish(world, id);
  await world.clock.advance(0);
  const late = new Collector(slow);
  await late.finished;
  assert.deepEqual(late.seen, ['!7:done']);
});

test('What a reader missed is told in full, even when it is more than a slow reader may hold.', async (t) => {
  let deaf = false;
  const world = liveWorld(t, {
    live: ({ bus }) => ({
      bufferSize: 3,
      refreshEveryMs: 1_000,
      bus: {
        listen: (id, wake) => bus.listen(id, () => (deaf ? undefined : wake())),
        onReconnect: (callback) => bus.onReconnect(callback),
        close: () => bus.close(),
      },
    }),
  });
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  const staying = new Collector(await world.live.subscribe(id));
  await world.clock.advance(0);
  const cursor = staying.cursor;
  deaf = true;
  for (let n = 2; n <= 20; n++) await tell(world, id, `s${n}`);
  const resumed = await world.live.subscribe(id, { after: cursor });
  const late = new Collector(resumed);
  await world.clock.advance(1_000);
  const all = Array.from({ length: 19 }, (_, n) => n + 2);
  assert.deepEqual([staying.sequences, late.sequences], [[1, ...all], all]);
});
