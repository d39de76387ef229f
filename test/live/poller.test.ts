import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchEvent } from '../../src/live/ports.js';
import { anEvent } from './conformance/watches.js';
import { liveWorld, type LiveWorld } from './live-world.js';

test('A kind decides the pace: the wait grows with the age of the watch.', async (t) => {
  const { live, clock, provider, watch } = liveWorld(t, {
    kind: { pollDelayMs: (_state, ageMs) => Math.max(1_000, ageMs) },
  });
  const times = readTimes(provider, clock);
  const startedAt = clock.now();
  await watch('thing-1');
  await live.startPolling(['test']);
  await clock.advance(9_000);
  assert.deepEqual(
    times.map((time) => time - startedAt),
    [0, 1_000, 2_000, 4_000, 8_000],
  );
});

test('The wait between polls is varied by a tenth in both directions.', async (t) => {
  for (const [random, expectedMs] of [
    [0, 900],
    [0.999999, 1_100],
  ] as const) {
    const { live, clock, provider, watch } = liveWorld(t, {
      kind: { pollDelayMs: () => 1_000 },
      live: () => ({ random: () => random }),
    });
    const times = readTimes(provider, clock);
    await watch('thing-1');
    await live.startPolling(['test']);
    await clock.advance(1_500);
    assert.equal((times[1] ?? 0) - (times[0] ?? 0), expectedMs);
  }
});

test('A watch that is known from its command is polled only when its kind says so.', async (t) => {
  const { live, clock, provider, watch } = liveWorld(t, { kind: { pollDelayMs: () => 1_000 } });
  await live.startPolling(['test']);
  await watch('thing-1', { first: { status: 'open', count: 0 } });
  await clock.advance(999);
  assert.equal(provider.reads.length, 0);
  await clock.advance(200);
  assert.equal(provider.reads.length, 1);
});

test('A watch that begins with its final state is never polled.', async (t) => {
  const { live, clock, provider, watch, store } = liveWorld(t);
  await live.startPolling(['test']);
  const timers = clock.pending;
  const { id } = await watch('thing-1', { first: { status: 'done', count: 0 } });
  await watch('thing-1');
  assert.equal(clock.pending, timers);
  await clock.advance(600_000);
  assert.equal(provider.reads.length, 0);
  const { latest } = (await store.read(id)) ?? {};
  assert.deepEqual([latest?.terminal, latest?.endReason, latest?.source], [true, 'FINISHED', 'COMMAND']);
});

test('The last poll falls exactly on the deadline, and ends the watch when it is not final.', async (t) => {
  const world = liveWorld(t, {
    kind: { pollDelayMs: () => 700, atDeadline: (state) => ({ ...state, status: 'expired' }) },
  });
  const { live, clock, provider, watch } = world;
  const times = readTimes(provider, clock);
  const startedAt = clock.now();
  const { id } = await watch('thing-1', { deadlineInMs: 1_000 });
  await live.startPolling(['test']);
  await clock.advance(5_000);
  assert.deepEqual(
    times.map((time) => time - startedAt),
    [0, 700, 1_000],
  );
  const latest = await latestOf(world, id);
  assert.deepEqual(latest, {
    sequence: 2,
    observedAt: startedAt + 1_000,
    source: 'DEADLINE',
    terminal: true,
    endReason: 'DEADLINE',
    changes: ['open>expired'],
    state: { status: 'expired', count: 0 },
  });
});

test('A last poll that is final counts as finished, not as missed.', async (t) => {
  const world = liveWorld(t, { kind: { pollDelayMs: () => 10_000 } });
  const { id } = await world.watch('thing-1', { deadlineInMs: 1_000 });
  await world.live.startPolling(['test']);
  await world.clock.advance(10);
  world.provider.set('thing-1', 'done');
  await world.clock.advance(1_000);
  const latest = await latestOf(world, id);
  assert.deepEqual([latest?.source, latest?.endReason], ['POLL', 'FINISHED']);
});

test('A read that was under way when the deadline passed is followed by one that is the last word.', async (t) => {
  const world = liveWorld(t);
  const { clock, provider } = world;
  let answer: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (answer = resolve));
  provider.answer = async () => (await waiting, [{ state: { status: 'open', count: 1 } }]);
  const { id } = await world.watch('thing-1', { deadlineInMs: 1_000 });
  await world.live.startPolling(['test']);
  await clock.advance(1_500);
  provider.set('thing-1', 'done');
  provider.answer = undefined;
  answer();
  await clock.advance(10);
  assert.equal(provider.reads.length, 2);
  assert.equal((await latestOf(world, id))?.endReason, 'FINISHED');
});

test('Watches that are due together share one upstream call, as many as the provider allows.', async (t) => {
  const world = liveWorld(t, { kind: { batchSize: 20, pollDelayMs: () => 60_000 } });
  for (let n = 0; n < 45; n++) {
    world.provider.set(`thing-${n}`, 'open', n);
    await world.watch(`thing-${n}`);
  }
  await world.live.startPolling(['test']);
  await world.clock.advance(1_000);
  assert.deepEqual(
    world.provider.reads.map((keys) => keys.length),
    [20, 20, 5],
  );
  for (let n = 0; n < 45; n++) {
    const { id } = await world.watch(`thing-${n}`);
    assert.deepEqual((await latestOf(world, id))?.state, { status: 'open', count: n });
  }
});

test('What is told while a poll is asking is merged without asking again.', async (t) => {
  const world = liveWorld(t, {
    kind: {
      merge: (previous, observed) => ({ ...observed, count: Math.max(previous?.count ?? 0, observed.count) }),
    },
  });
  const { clock, provider, live, kind } = world;
  const { id } = await world.watch('thing-1', { first: { status: 'open', count: 0 } });
  // Begun first, so that the poll, begun later, may still tell what it finds.
  const begun = await world.store.begin(id);
  let answerPoll: () => void = () => undefined;
  const pollWaiting = new Promise<void>((resolve) => (answerPoll = resolve));
  provider.answer = async () => (await pollWaiting, [{ state: { status: 'polled', count: 1 } }]);
  await live.startPolling(['test']);
  await clock.advance(100);
  assert.equal(provider.reads.length, 1);
  const event = anEvent({ status: 'told', count: 9 });
  await world.store.commit({ id, fence: begun?.fence ?? 0, expectedSequence: 1, event });
  answerPoll();
  await clock.advance(1);
  const { since } = (await world.store.read(id, 2)) ?? {};
  assert.deepEqual(
    since?.map(({ source, state, changes }) => [source, state, changes]),
    [['POLL', { status: 'polled', count: 9 }, ['told>polled']]],
  );
  assert.equal(provider.reads.length, 1);
  assert.deepEqual(await live.tell(kind, id, () => ({ status: 'told again', count: 2 })), {
    status: 'told again',
    count: 9,
  });
});

test('A final reading counts also when a read that began later has been told before it.', async (t) => {
  const world = liveWorld(t, { kind: { pollDelayMs: () => 60_000 } });
  const { clock, provider } = world;
  const { id } = await world.watch('thing-1');
  let answer: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (answer = resolve));
  provider.answer = async () => (await waiting, [{ state: { status: 'done', count: 0 } }]);
  await world.live.startPolling(['test']);
  await clock.advance(10);
  const later = await world.store.begin(id);
  const event = anEvent({ status: 'read later', count: 0 });
  await world.store.commit({ id, fence: later?.fence ?? 0, expectedSequence: 0, event });
  answer();
  await clock.advance(1);
  assert.deepEqual((await latestOf(world, id))?.state, { status: 'done', count: 0 });
});

test('A kind that this process does not know is left for another one, and said so.', async (t) => {
  const world = liveWorld(t);
  const spec = await world.watch('thing-1');
  await world.store.ensure({ ...spec, id: 'test.other~1', kind: 'test.other' });
  await world.scheduler.schedule('test', 'test.other~1', world.clock.now());
  await world.live.startPolling(['test']);
  await world.clock.advance(10);
  assert.equal(world.provider.reads.length, 1);
  assert.match(
    world.logger.lines.map(({ message }) => message).join(),
    /kind that this process does not know/,
  );
});

test('An active watch that lost its next poll is found again.', async (t) => {
  const world = liveWorld(t, { live: () => ({ reconcileEveryMs: 60_000 }) });
  const { id } = await world.watch('thing-1');
  await world.live.startPolling(['test']);
  await world.clock.advance(10);
  await world.scheduler.cancel('test', id);
  const reads = world.provider.reads.length;
  await world.clock.advance(59_000);
  assert.equal(world.provider.reads.length, reads);
  await world.clock.advance(2_000);
  assert.ok(world.provider.reads.length > reads);
});

function readTimes(provider: LiveWorld['provider'], clock: LiveWorld['clock']): number[] {
  const times: number[] = [];
  const read = provider.read.bind(provider);
  provider.read = (keys) => {
    times.push(clock.now());
    return read(keys);
  };
  return times;
}

async function latestOf({ store }: LiveWorld, id: string): Promise<WatchEvent | undefined> {
  return (await store.read(id))?.latest;
}
