import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBus, WatchHistory, WatchStore } from '../../src/live/ports.js';
import { Collector } from './conformance/collector.js';
import { OWNER } from './conformance/watches.js';
import { finish, liveWorld, tell, type LiveWorld } from './live-world.js';

test('Leaving settles a read that is waiting, and leaves nothing behind.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1');
  const timers = world.clock.pending;
  const readers = await Promise.all(Array.from({ length: 20 }, () => world.live.subscribe(id)));
  const waiting = readers.map((reader) => reader.next());
  assert.deepEqual(world.live.counts(), { subscribers: 20, watches: 1 });
  for (const reader of readers) await reader.return?.();
  assert.deepEqual(
    await Promise.all(waiting),
    readers.map(() => ({ value: undefined, done: true })),
  );
  assert.deepEqual(world.live.counts(), { subscribers: 0, watches: 0 });
  assert.equal(world.clock.pending, timers);
  assert.deepEqual(await readers[0]?.next(), { value: undefined, done: true });
});

test('A subscription that is broken off by an error leaves nothing behind either.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1');
  const reader = await world.live.subscribe(id);
  const waiting = reader.next();
  await assert.rejects(async () => reader.throw?.(new Error('gone')), /gone/);
  assert.equal((await waiting).done, true);
  assert.deepEqual(world.live.counts(), { subscribers: 0, watches: 0 });
});

test('Several reads at once are answered in order.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1');
  const reader = await world.live.subscribe(id);
  const waiting = [reader.next(), reader.next(), reader.next()];
  await tell(world, id, 'a');
  await tell(world, id, 'b');
  await finish(world, id);
  const sequences = (await Promise.all(waiting)).map((result) =>
    result.done ? 'done' : result.value.event.sequence,
  );
  assert.deepEqual(sequences, [1, 2, 3]);
  assert.equal((await reader.next()).done, true);
});

test('A reader whose cursor is that of the terminal event completes without another.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1', { first: { status: 'done', count: 0 } });
  const reader = new Collector(await world.live.subscribe(id));
  await reader.finished;
  const again = new Collector(await world.live.subscribe(id, { after: reader.cursor }));
  await again.finished;
  assert.deepEqual([reader.seen, again.seen], [['1:done'], []]);
  assert.deepEqual(world.live.counts(), { subscribers: 0, watches: 0 });
});

test('A reader that resumes gets what was told to the others while its own read was under way.', async (t) => {
  let onRead: OnRead = (_after, read) => read();
  const world = liveWorld(t, {
    live: ({ store }) => ({ store: readThrough(store, (...read) => onRead(...read)) }),
  });
  const { id, others, cursor } = await twoEvents(world);
  const held = gate();
  onRead = async (after, read) => {
    const history = await read();
    if (after === 1) await held.opened;
    return history;
  };
  const joining = world.live.subscribe(id, { after: cursor });
  await world.clock.advance(0);
  await tell(world, id, 'third');
  await world.clock.advance(0);
  assert.deepEqual(others.sequences, [1, 2, 3]);
  held.open();
  const resumed = new Collector(await joining);
  await tell(world, id, 'fourth');
  await world.clock.advance(0);
  assert.deepEqual(resumed.seen, ['2:second', '3:third', '4:fourth']);
});

test('A reader that resumes is not told again what it read before the others.', async (t) => {
  let onRead: OnRead = (_after, read) => read();
  const world = liveWorld(t, {
    live: ({ store }) => ({ store: readThrough(store, (...read) => onRead(...read)) }),
  });
  const { id, others, cursor } = await twoEvents(world);
  const held = gate();
  let joined = false;
  onRead = async (after, read) => {
    // The third event comes between the read that joining begins with and the one behind the cursor.
    if (after === 1 && !joined) {
      joined = true;
      await tell(world, id, 'third');
    }
    const history = await read();
    if (after === 2 && joined) await held.opened;
    return history;
  };
  const resumed = new Collector(await world.live.subscribe(id, { after: cursor }));
  await world.clock.advance(0);
  assert.deepEqual(
    [resumed.sequences, others.sequences],
    [
      [2, 3],
      [1, 2],
    ],
  );
  held.open();
  await world.clock.advance(0);
  assert.deepEqual(
    [resumed.sequences, others.sequences],
    [
      [2, 3],
      [1, 2, 3],
    ],
  );
});

test('Many subscribers of one watch cost one listener, and one read of the log per wake-up.', async (t) => {
  let listeners = 0;
  let reads = 0;
  const world = liveWorld(t, {
    live: ({ bus, store }) => ({
      bus: countingBus(bus, () => (listeners += 1)),
      store: countingStore(store, () => (reads += 1)),
    }),
  });
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  const readers = await Promise.all(
    Array.from({ length: 100 }, async () => new Collector(await world.live.subscribe(id))),
  );
  await world.clock.advance(0);
  assert.equal(listeners, 1);
  reads = 0;
  await tell(world, id, 'a');
  await world.clock.advance(0);
  assert.ok(readers.every(({ events }) => events.length === 2));
  assert.equal(reads, 1);
});

test('A subscriber that comes while an event is under way misses nothing and gets nothing twice.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1');
  const readers: Collector[] = [];
  for (let n = 1; n <= 20; n++) {
    const [reader] = await Promise.all([world.live.subscribe(id), tell(world, id, `s${n}`)]);
    readers.push(new Collector(reader));
    const resumed = await world.live.subscribe(id, { after: readers[0]?.cursor });
    await tell(world, id, `t${n}`);
    readers.push(new Collector(resumed));
  }
  await world.clock.advance(0);
  for (const reader of readers) {
    const [first = 0] = reader.sequences;
    assert.deepEqual(
      reader.sequences,
      Array.from({ length: 40 - first + 1 }, (_, n) => first + n),
    );
  }
});

test('After a lost connection is back, every watch is read again.', async (t) => {
  let reconnected: () => void = () => undefined;
  const world = liveWorld(t, {
    live: () => ({
      bus: {
        listen: async () => async () => undefined,
        onReconnect: (callback) => {
          reconnected = callback;
          return () => undefined;
        },
        close: async () => undefined,
      },
    }),
  });
  const { id } = await world.watch('thing-1');
  const reader = new Collector(await world.live.subscribe(id));
  await tell(world, id, 'a');
  await world.clock.advance(0);
  assert.deepEqual(reader.seen, []);
  reconnected();
  await world.clock.advance(0);
  assert.deepEqual(reader.seen, ['1:a']);
});

test('A subscription that cannot listen fails, and the next one listens anew.', async (t) => {
  let broken = true;
  const world = liveWorld(t, {
    live: ({ bus }) => ({
      bus: {
        listen: (id, wake) => (broken ? Promise.reject(new Error('no connection')) : bus.listen(id, wake)),
        onReconnect: (callback) => bus.onReconnect(callback),
        close: () => bus.close(),
      },
    }),
  });
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  await assert.rejects(world.live.subscribe(id), /no connection/);
  assert.deepEqual(world.live.counts(), { subscribers: 0, watches: 0 });
  broken = false;
  const reader = new Collector(await world.live.subscribe(id));
  await world.clock.advance(0);
  assert.deepEqual(reader.seen, ['1:open']);
});

test('A log that cannot be read for a while delays events and loses none.', async (t) => {
  let broken = false;
  const world = liveWorld(t, {
    live: ({ store }) => ({
      store: countingStore(store, () => {
        if (broken) throw new Error('no connection');
      }),
      refreshEveryMs: 1_000,
    }),
  });
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  const reader = new Collector(await world.live.subscribe(id));
  broken = true;
  await tell(world, id, 'a');
  await tell(world, id, 'b');
  await world.clock.advance(500);
  assert.deepEqual(reader.seen, ['1:open']);
  broken = false;
  await world.clock.advance(1_000);
  assert.deepEqual(reader.seen, ['1:open', '2:a', '3:b']);
  assert.ok(world.logger.lines.every(({ level }) => level === 'warn' || level === 'info'));
});

test('An unknown watch cannot be subscribed to.', async (t) => {
  const world = liveWorld(t);
  await assert.rejects(world.live.subscribe('test.thing~unknown'), { code: 'NOT_FOUND' });
  assert.deepEqual(world.live.counts(), { subscribers: 0, watches: 0 });
});

test('A cursor of another watch, or one that is none, is an invalid after.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  const other = await world.watch('thing-2', { first: { status: 'open', count: 0 } });
  const foreign = new Collector(await world.live.subscribe(other.id));
  await world.clock.advance(0);
  for (const after of [foreign.cursor ?? '', '', 'x', '1', Buffer.from(`01 ${id}`).toString('base64url')])
    await assert.rejects(world.live.subscribe(id, { after }), { code: 'INVALID_INPUT', path: ['after'] });
});

test('A watch that was forgotten and began anew is told with the mark of missed events.', async (t) => {
  const world = liveWorld(t, { retentionMs: 1_000 });
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  await tell(world, id, 'busy');
  await finish(world, id);
  const before = new Collector(await world.live.subscribe(id));
  await before.finished;
  await world.clock.advance(120_000);
  await world.live.watch({
    kind: world.kind,
    owner: OWNER,
    key: 'thing-1',
    first: { state: { status: 'open', count: 1 }, source: 'COMMAND' },
  });
  const after = new Collector(await world.live.subscribe(id, { after: before.cursor }));
  await tell(world, id, 'busy');
  await world.clock.advance(0);
  assert.deepEqual(after.seen, ['!1:open', '2:busy']);
});

test('Closing ends every subscription.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  const readers = [
    new Collector(await world.live.subscribe(id)),
    new Collector(await world.live.subscribe(id)),
  ];
  const joining = world.live.subscribe(id);
  await world.live.close();
  readers.push(new Collector(await joining));
  await Promise.all(readers.map(({ finished }) => finished));
  assert.deepEqual(world.live.counts(), { subscribers: 0, watches: 0 });
});

async function twoEvents(
  world: LiveWorld,
): Promise<{ id: string; others: Collector; cursor: string | undefined }> {
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  const others = new Collector(await world.live.subscribe(id));
  await tell(world, id, 'second');
  await world.clock.advance(0);
  return { id, others, cursor: others.events[0]?.cursor };
}

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

function countingBus(bus: EventBus, onListen: () => void): EventBus {
  return {
    listen: (id, wake) => (onListen(), bus.listen(id, wake)),
    onReconnect: (callback) => bus.onReconnect(callback),
    close: () => bus.close(),
  };
}

function countingStore(store: WatchStore, onRead: () => void): WatchStore {
  return readThrough(store, async (_after, read) => (onRead(), read()));
}

type OnRead = (
  after: number | undefined,
  read: () => Promise<WatchHistory | undefined>,
) => Promise<WatchHistory | undefined>;

function readThrough(store: WatchStore, onRead: OnRead): WatchStore {
  return new Proxy(store, {
    get: (target, name: keyof WatchStore) =>
      name === 'read'
        ? (id: string, after?: number) => onRead(after, () => target.read(id, after))
        : target[name].bind(target),
  });
}
