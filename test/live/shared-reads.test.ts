import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchSpec } from '../../src/live/ports.js';
import { ProviderError } from '../../src/provider-error.js';
import { Collector } from './conformance/collector.js';
import { ScriptedProvider, thingKind } from './conformance/scripted-provider.js';
import { liveWorld, type LiveWorld } from './live-world.js';

const INTERVAL_MS = 30_000;
const SHARED = { sharedAs: (key: string) => key, pollDelayMs: () => INTERVAL_MS };

/** Each of these watches the thing for itself. */
function watchedBy({ live, kind }: LiveWorld, owners: number, key = 'thing-1'): Promise<WatchSpec[]> {
  return Promise.all(
    Array.from({ length: owners }, (_, n) =>
      live.watch({ kind, owner: { tenant: 'acme', subject: `caller-${n}` }, key }),
    ),
  );
}

/** Reads in ten intervals, in which the thing changes three times, and what the log of each watch holds then. */
async function tenIntervals(
  world: LiveWorld,
  owners: number,
): Promise<{ readonly reads: number; readonly logs: readonly string[] }> {
  const { live, clock, provider, store } = world;
  await live.startPolling(['test']);
  const watches = await watchedBy(world, owners);
  for (let change = 1; change <= 3; change++) {
    provider.set('thing-1', 'open', change);
    await clock.advance(3 * INTERVAL_MS);
  }
  await clock.advance(INTERVAL_MS);
  const logs = await Promise.all(
    watches.map(async ({ id }) => JSON.stringify((await store.read(id, 0))?.since.map(({ state }) => state))),
  );
  return { reads: provider.reads.length, logs };
}

test('Callers who watch the same with the one account cost as many reads as one of them, and each sees every change.', async (t) => {
  const one = await tenIntervals(liveWorld(t, { kind: SHARED }), 1);
  const twenty = await tenIntervals(liveWorld(t, { kind: SHARED }), 20);
  assert.equal(twenty.reads, one.reads);
  assert.equal(one.reads, 11);
  assert.deepEqual(new Set(twenty.logs), new Set(one.logs));
});

test('What a read of it depends on besides the thing is not shared, nor is what a kind does not say.', async (t) => {
  const apart = await tenIntervals(liveWorld(t, { kind: { pollDelayMs: () => INTERVAL_MS } }), 20);
  assert.equal(apart.reads, 220);
  const world = liveWorld(t, { kind: { ...SHARED, sharedAs: (key) => key.split(' ')[0] ?? '' } });
  await world.live.startPolling(['test']);
  await Promise.all([
    watchedBy(world, 3, 'one a'),
    watchedBy(world, 3, 'one b'),
    watchedBy(world, 3, 'two a'),
  ]);
  await world.clock.advance(1_000);
  assert.equal(world.provider.reads.length, 2);
});

test('Who begins to watch is told what was read last, and reads with the others from then on.', async (t) => {
  const world = liveWorld(t, { kind: SHARED });
  const { live, clock, provider, kind } = world;
  await live.startPolling(['test']);
  await watchedBy(world, 1);
  await clock.advance(20_000);
  const readAt = clock.now() - 20_000;
  provider.set('thing-1', 'busy');
  const late = await live.watch({ kind, owner: { tenant: 'other', subject: 'late' }, key: 'thing-1' });
  const reader = new Collector(await live.subscribe(late.id));
  await clock.advance(0);
  assert.deepEqual(reader.seen, ['1:open']);
  assert.equal(reader.events[0]?.event.observedAt, readAt);
  await clock.advance(10_000);
  assert.deepEqual(reader.seen, ['1:open', '2:busy']);
  assert.equal(provider.reads.length, 2);
});

test('Whoever has changed it never sees it as it was before, nor does anybody who comes later.', async (t) => {
  const world = liveWorld(t, { kind: SHARED });
  const { live, clock, provider, kind, store } = world;
  await live.startPolling(['test']);
  const [mine, theirs] = await watchedBy(world, 2);
  assert(mine && theirs);
  await clock.advance(1_000);
  for (const change of ['apply', 'tell'] as const) {
    provider.set('thing-1', change);
    const state = { status: change, count: 0 };
    if (change === 'apply') await live.apply(kind, mine.id, async () => state);
    else await live.tell(kind, mine.id, () => state);
    await world.scheduler.schedule('test', mine.id, clock.now());
    await clock.advance(0);
    assert.deepEqual((await store.read(mine.id))?.latest?.state, state);
    const late = await live.watch({ kind, owner: { tenant: 'late', subject: change }, key: 'thing-1' });
    await clock.advance(0);
    assert.deepEqual((await store.read(late.id))?.latest?.state, state);
  }
  provider.set('thing-1', 'elsewhere');
  await live.outdate(kind, { tenant: 'acme', subject: 'anybody' }, 'thing-1');
  const last = await live.watch({ kind, owner: { tenant: 'late', subject: 'last' }, key: 'thing-1' });
  await clock.advance(0);
  assert.deepEqual((await store.read(last.id))?.latest?.state, { status: 'elsewhere', count: 0 });
});

test('A read that had begun before a change is told to nobody who comes after it.', async (t) => {
  const world = liveWorld(t, { kind: SHARED });
  const { live, clock, provider, kind, store } = world;
  await live.startPolling(['test']);
  let answer = (): void => undefined;
  provider.answer = () =>
    new Promise((resolve) => (answer = () => resolve([{ state: { status: 'before', count: 0 } }])));
  await watchedBy(world, 1);
  await clock.advance(0);
  await live.outdate(kind, { tenant: 'acme', subject: 'anybody' }, 'thing-1');
  provider.answer = undefined;
  provider.set('thing-1', 'after');
  const late = await live.watch({ kind, owner: { tenant: 'acme', subject: 'late' }, key: 'thing-1' });
  await clock.advance(0);
  answer();
  await clock.advance(100);
  assert.equal(provider.reads.length, 2);
  assert.equal(provider.mostAtOnce, 1);
  assert.deepEqual((await store.read(late.id))?.latest?.state, { status: 'after', count: 0 });
});

test('A refresh reads, whatever was read before, and its reading is told to the others at their time.', async (t) => {
  const world = liveWorld(t, { kind: SHARED });
  const { live, clock, provider, store } = world;
  await live.startPolling(['test']);
  const [mine, theirs] = await watchedBy(world, 2);
  assert(mine && theirs);
  await clock.advance(1_000);
  provider.set('thing-1', 'busy');
  assert.equal(JSON.stringify((await live.refresh(mine.id))?.state), '{"status":"busy","count":0}');
  assert.equal(provider.reads.length, 2);
  await clock.advance(INTERVAL_MS - 1_000);
  assert.deepEqual((await store.read(theirs.id))?.latest?.state, { status: 'busy', count: 0 });
  assert.equal(provider.reads.length, 2);
});

test('What cannot be read is tried once for all, ever less often, and what is gone ends for all.', async (t) => {
  const failing = async (owners: number): Promise<number> => {
    const world = liveWorld(t, { kind: SHARED });
    world.provider.answer = () => Promise.reject(new ProviderError('RATE_LIMITED', { retryAfterMs: 20_000 }));
    await world.live.startPolling(['test']);
    await watchedBy(world, owners);
    await world.clock.advance(10 * INTERVAL_MS);
    return world.provider.reads.length;
  };
  const one = await failing(1);
  assert.ok(one >= 8 && (await failing(20)) <= one + 1);

  const gone = liveWorld(t, { kind: { ...SHARED, notFoundPatienceMs: 60_000 } });
  await gone.live.startPolling(['test']);
  const watches = await watchedBy(gone, 20);
  await gone.clock.advance(INTERVAL_MS);
  gone.provider.answer = async () => [{ end: 'NOT_FOUND' }];
  await gone.clock.advance(4 * INTERVAL_MS);
  for (const { id } of watches) assert.equal((await gone.store.read(id))?.latest?.endReason, 'NOT_FOUND');
  assert.ok(gone.provider.reads.length <= 5, `${gone.provider.reads.length}`);
});

test('The last read of a watch whose time is over is its own.', async (t) => {
  const kind = thingKind(SHARED);
  const { live, clock, provider } = liveWorld(t, { kind: SHARED });
  await live.startPolling(['test']);
  const watch = (subject: string, deadlineInMs?: number) =>
    live.watch({
      ...{ kind, owner: { tenant: 'acme', subject }, key: 'thing-1' },
      ...(deadlineInMs !== undefined && { deadlineAt: clock.now() + deadlineInMs }),
    });
  await watch('lasting');
  const { id } = await watch('ending', 10_000);
  await clock.advance(9_999);
  provider.set('thing-1', 'done');
  await clock.advance(1);
  const latest = await live.current(id);
  assert.deepEqual([latest?.terminal, latest?.endReason, latest?.source], [true, 'FINISHED', 'POLL']);
  assert.equal(provider.reads.length, 2);
});

test('Tenants with accounts of their own see what their own account has, however alike what they watch is called.', async (t) => {
  const world = liveWorld(t, { kind: SHARED });
  const { live, clock, provider, kind, store } = world;
  const own = new ScriptedProvider();
  live.register(kind, own, 'apart');
  provider.set('thing-1', 'shared');
  own.set('thing-1', 'own');
  await live.startPolling(['test']);
  const seen = async (tenant: string) => {
    const { id } = await live.watch({ kind, owner: { tenant, subject: 'anna' }, key: 'thing-1' });
    await clock.advance(0);
    const state = (await store.read(id))?.latest?.state;
    return isThing(state) ? state.status : state;
  };
  assert.equal(await seen('acme'), 'shared');
  assert.equal(await seen('apart'), 'own');
  assert.equal(await seen('other'), 'shared');
  own.set('thing-1', 'changed');
  await live.outdate(kind, { tenant: 'apart', subject: 'anna' }, 'thing-1');
  await clock.advance(INTERVAL_MS);
  assert.equal(provider.reads.length + own.reads.length, 4);
});

function isThing(state: unknown): state is { status: string } {
  return typeof state === 'object' && state !== null && 'status' in state;
}
