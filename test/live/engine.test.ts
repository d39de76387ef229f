import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProviderError } from '../../src/provider-error.js';
import { Collector } from './conformance/collector.js';
import { replaced } from './conformance/replaced.js';
import { THING_POLL_MS, thingKind } from './conformance/scripted-provider.js';
import { anEvent, OWNER } from './conformance/watches.js';
import { liveWorld } from './live-world.js';

test('A command is told to subscribers at once, with its source, and answers the state they see.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 1 } });
  const reader = new Collector(await world.live.subscribe(id));
  const state = await world.live.apply(world.kind, id, async (latest) => {
    assert.deepEqual(latest, { status: 'open', count: 1 });
    return { status: 'cancelled', count: 2 };
  });
  await world.clock.advance(0);
  assert.deepEqual(state, { status: 'cancelled', count: 2 });
  assert.deepEqual(reader.seen, ['1:open', '2:cancelled']);
  assert.deepEqual(
    reader.events.map(({ event }) => [event.source, event.changes]),
    [
      ['COMMAND', ['>open']],
      ['COMMAND', ['open>cancelled']],
    ],
  );
  assert.equal(world.provider.reads.length, 0);
});

test('What there is nothing to tell of is never published: only the first and the last event may have no changes.', async (t) => {
  const world = liveWorld(t, {
    kind: {
      describe: (previous, next) => (previous && previous.status !== next.status ? [next.status] : []),
    },
  });
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  const reader = new Collector(await world.live.subscribe(id));
  await world.live.startPolling(['test']);
  for (const [status, count] of [
    ['open', 1],
    ['open', 2],
    ['seen', 3],
    ['seen', 4],
    ['done', 5],
  ] as const) {
    world.provider.set('thing-1', status, count);
    await world.clock.advance(THING_POLL_MS * 2);
  }
  assert.equal(
    await world.live
      .apply(world.kind, id, async () => ({ status: 'done', count: 6 }))
      .then(({ status }) => status),
    'done',
  );
  assert.deepEqual(
    reader.events.map(({ event }) => [event.sequence, event.changes, event.state, event.terminal]),
    [
      [1, [], { status: 'open', count: 0 }, false],
      [2, ['seen'], { status: 'seen', count: 3 }, false],
      [3, ['done'], { status: 'done', count: 5 }, true],
    ],
  );
});

test('A command runs once, and is merged into what was observed meanwhile.', async (t) => {
  const world = liveWorld(t, {
    kind: {
      merge: (previous, observed) => ({ ...observed, count: Math.max(previous?.count ?? 0, observed.count) }),
    },
  });
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  let runs = 0;
  const earlier = await world.store.begin(id);
  const state = await world.live.apply(world.kind, id, async () => {
    runs += 1;
    const event = anEvent({ status: 'observed', count: 9 });
    await world.store.commit({ id, fence: earlier?.fence ?? 0, expectedSequence: 1, event });
    return { status: 'commanded', count: 2 };
  });
  assert.deepEqual([runs, state], [1, { status: 'commanded', count: 9 }]);
  const { since } = (await world.store.read(id, 0)) ?? {};
  assert.deepEqual(
    since?.map(({ sequence, changes }) => [sequence, changes]),
    [
      [1, ['>open']],
      [2, ['>observed'].map(() => ({ status: 'observed', count: 9 }))],
      [3, ['observed>commanded']],
    ],
  );
});

test('A final answer of a command is told even when a later read has committed; an open one is read again.', async (t) => {
  for (const status of ['done', 'open again']) {
    const world = liveWorld(t, { kind: { pollDelayMs: () => 60_000 } });
    const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
    await world.live.startPolling(['test']);
    await world.live.apply(world.kind, id, async () => {
      const later = await world.store.begin(id);
      const event = anEvent({ status: 'read later', count: 0 });
      await world.store.commit({ id, fence: later?.fence ?? 0, expectedSequence: 1, event });
      return { status, count: 0 };
    });
    world.provider.set('thing-1', 'read at once');
    await world.clock.advance(10);
    const { latest } = (await world.store.read(id)) ?? {};
    assert.deepEqual(
      [latest?.sequence, latest?.state],
      [3, { status: status === 'done' ? 'done' : 'read at once', count: 0 }],
    );
    assert.equal(world.provider.reads.length, status === 'done' ? 0 : 1);
  }
});

test('A command that finishes a watch ends its polls and its subscriptions.', async (t) => {
  const world = liveWorld(t);
  await world.live.startPolling(['test']);
  const timers = world.clock.pending;
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  const reader = new Collector(await world.live.subscribe(id));
  await world.live.apply(world.kind, id, async () => ({ status: 'done', count: 0 }));
  await reader.finished;
  assert.equal(world.clock.pending, timers);
  await world.clock.advance(600_000);
  assert.deepEqual([reader.seen, world.provider.reads.length], [['1:open', '2:done'], 0]);
});

test('A command on a watch that has ended, or is unknown, runs and is not told; the answer is what is recorded.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1', { first: { status: 'done', count: 0 } });
  const unknown = 'test.thing~unknown';
  const late = (target: string) =>
    world.live.apply(world.kind, target, async () => ({ status: 'late', count: 5 }));
  assert.deepEqual(await late(id), { status: 'done', count: 0 });
  assert.deepEqual(await late(unknown), { status: 'late', count: 5 });
  assert.equal((await world.live.current(id))?.sequence, 1);
  assert.equal(await world.live.current(unknown), undefined);
});

test('A command that fails is told to its caller alone.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  const failing = world.live.apply(world.kind, id, () => Promise.reject(new ProviderError('FORBIDDEN')));
  await assert.rejects(failing, { code: 'FORBIDDEN' });
  assert.equal((await world.live.current(id))?.sequence, 1);
});

test('A command that happened is answered as such even when it cannot be stored.', async (t) => {
  const world = liveWorld(t, {
    live: ({ store }) => ({
      store: replaced(store, { commit: () => Promise.reject(new Error('no connection')) }),
    }),
  });
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  const state = await world.live.apply(world.kind, id, async () => ({ status: 'cancelled', count: 0 }));
  assert.equal(state.status, 'cancelled');
  assert.deepEqual(
    world.logger.lines.map(({ level, message }) => [level, message]),
    [['error', 'what a command changed could not be told']],
  );
});

test('Watching again answers the watch that exists, and does not poll it earlier.', async (t) => {
  const world = liveWorld(t, { kind: { pollDelayMs: () => 1_000 } });
  await world.live.startPolling(['test']);
  const watch = await world.watch('thing-1', { deadlineInMs: 60_000 });
  await world.clock.advance(10);
  for (let n = 0; n < 10; n++) {
    assert.deepEqual(await world.watch('thing-1', { deadlineInMs: 999_999 }), watch);
    await world.clock.advance(90);
  }
  assert.equal(world.provider.reads.length, 1);
});

test('What is known of several watches comes in the order it was asked for.', async (t) => {
  const world = liveWorld(t);
  const a = await world.watch('a', { first: { status: 'sa', count: 0 } });
  const b = await world.watch('b', { first: { status: 'sb', count: 0 } });
  const found = await world.live.currentMany([b.id, 'test.thing~unknown', a.id]);
  assert.deepEqual(
    found.map((known) => known?.state),
    [{ status: 'sb', count: 0 }, undefined, { status: 'sa', count: 0 }],
  );
});

test('The same key of another owner or kind is another watch.', async (t) => {
  const world = liveWorld(t);
  const other = thingKind({ name: 'test.other' });
  world.live.register(other, world.provider);
  const watches = [
    await world.live.watch({ kind: world.kind, owner: OWNER, key: 'a' }),
    await world.live.watch({ kind: world.kind, owner: { ...OWNER, subject: 'bob' }, key: 'a' }),
    await world.live.watch({ kind: world.kind, owner: { ...OWNER, tenant: 'other' }, key: 'a' }),
    await world.live.watch({ kind: other, owner: OWNER, key: 'a' }),
  ];
  assert.equal(new Set(watches.map(({ id }) => id)).size, 4);
  for (const { id } of watches) assert.match(id, /^test\.(thing|other)~[A-Za-z0-9_-]{43}$/);
});

test('A kind must be registered, once, under a name that fits into keys.', async (t) => {
  const world = liveWorld(t);
  const unregistered = thingKind({ name: 'test.unregistered' });
  await assert.rejects(world.live.watch({ kind: unregistered, owner: OWNER, key: 'a' }), /not registered/);
  assert.throws(() => world.live.register(world.kind, world.provider), /registered twice/);
  assert.throws(() => world.live.register(thingKind({ name: 'a:b' }), world.provider), /no name/);
});
