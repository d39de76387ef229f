import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openEmbedded, type Embedded } from '../../src/live/embedded/open-embedded.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';
import { anEvent, aWatch, commitNext } from './conformance/watches.js';

const HOUR_MS = 3_600_000;

test('A finished watch is kept for a day, and then forgotten.', async (t) => {
  const { clock, embedded } = opened(t);
  const finished = aWatch(clock, { key: 'finished' });
  const open = aWatch(clock, { key: 'open' });
  await embedded.store.ensure(finished, anEvent('z', { terminal: true, endReason: 'FINISHED' }));
  await embedded.store.ensure(open, anEvent('a'));
  await clock.advance(24 * HOUR_MS - 120_000);
  assert.equal((await embedded.store.read(finished.id, 0))?.since.length, 1);
  await clock.advance(240_000);
  assert.equal(await embedded.store.read(finished.id, 0), undefined);
  assert.equal((await embedded.store.read(open.id, 0))?.since.length, 1);
  assert.equal(await embedded.store.ensure(finished), 'created');
  assert.deepEqual((await embedded.store.read(finished.id, 0))?.since, []);
});

test('A resting watch is forgotten a day after the last interest in it; one without such a rule is not.', async (t) => {
  const { clock, embedded } = opened(t);
  const resting = aWatch(clock, { key: 'resting', onlyWhileSubscribed: true });
  const wanted = aWatch(clock, { key: 'wanted', onlyWhileSubscribed: true });
  const lasting = aWatch(clock, { key: 'lasting' });
  for (const watch of [resting, wanted, lasting]) await embedded.store.ensure(watch, anEvent('a'));
  await embedded.store.keepInterest(wanted.id, clock.now() + 2 * HOUR_MS);
  await clock.advance(25 * HOUR_MS);
  assert.equal(await embedded.store.read(resting.id), undefined);
  assert.ok(await embedded.store.read(wanted.id));
  await clock.advance(2 * HOUR_MS);
  assert.equal(await embedded.store.read(wanted.id), undefined);
  assert.ok(await embedded.store.read(lasting.id));
});

test('What is over is removed in slices, whatever else is active, and its space is given back.', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sealgraph-purge-'));
  const path = join(folder, 'sealgraph.db');
  const clock = new ManualClock();
  const embedded = openEmbedded({ path, clock, logger: memoryLogger() });
  t.after(async () => {
    await embedded.close();
    await rm(folder, { recursive: true });
  });
  const ended = Array.from({ length: 1_000 }, (_, n) => aWatch(clock, { key: `ended-${n}` }));
  const state = 'x'.repeat(2_000);
  for (const watch of ended)
    await embedded.store.ensure(watch, anEvent(state, { terminal: true, endReason: 'FINISHED' }));
  for (let n = 0; n < 1_000; n++) {
    const watch = aWatch(clock, { key: `active-${n}` });
    await embedded.store.ensure(watch, anEvent('a'));
    await embedded.scheduler.schedule('test', watch.id, clock.now());
  }
  const left = async () => (await embedded.store.readMany(ended.map(({ id }) => id))).filter(Boolean).length;
  let slices = 0;
  let before = await left();
  await clock.advance(24 * HOUR_MS - 1);
  const { size } = await stat(path);
  // Each slice is a turn of its own, behind which everything else goes on.
  for (let now = before; now > 0; before = now) {
    await clock.step();
    now = await left();
    assert.ok(before - now <= 100, `${before - now} at once`);
    if (now < before) slices += 1;
  }
  assert.ok(slices >= 10);
  let active = 0;
  for await (const { id } of embedded.store.active('test')) active += id ? 1 : 0;
  assert.equal(active, 1_000);
  await clock.advance(600_000);
  await embedded.close();
  assert.ok((await stat(path)).size < size / 2);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test('The longer the logs, the fewer watches are removed in one slice.', async (t) => {
  const { clock, embedded } = opened(t);
  const ended = Array.from({ length: 40 }, (_, n) => aWatch(clock, { key: `ended-${n}` }));
  for (const watch of ended) {
    await embedded.store.ensure(watch);
    for (let n = 1; n < 128; n++) await commitNext(embedded, watch.id, n);
    await commitNext(embedded, watch.id, 'z', { terminal: true, endReason: 'FINISHED' });
  }
  const left = async () => (await embedded.store.readMany(ended.map(({ id }) => id))).filter(Boolean).length;
  await clock.advance(24 * HOUR_MS - 1);
  for (let before = await left(), now = before; now > 0; before = now) {
    await clock.step();
    now = await left();
    assert.ok((before - now) * 128 <= 1_000, `${before - now} at once`);
  }
});

test('No more polls of a provider run at a time than are allowed, and each that is due gets its turn.', async (t) => {
  const { clock, embedded } = opened(t, { concurrency: 3 });
  let running = 0;
  let most = 0;
  const polled = new Set<string>();
  await embedded.scheduler.process('test', async (id) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => void clock.schedule(10, resolve));
    running -= 1;
    polled.add(id);
    return 'done';
  });
  for (let n = 0; n < 20; n++) await embedded.scheduler.schedule('test', `test.thing~${n}`, clock.now());
  await clock.advance(100);
  assert.deepEqual([most, polled.size], [3, 20]);
});

test('Nothing is left waiting once everything is closed.', async () => {
  const clock = new ManualClock();
  const embedded = openEmbedded({ path: ':memory:', clock, logger: memoryLogger() });
  await embedded.scheduler.process('test', async () => 'done');
  await embedded.scheduler.schedule('test', 'test.thing~1', clock.now() + 1_000);
  assert.ok(clock.pending > 0);
  await embedded.close();
  await embedded.close();
  assert.equal(clock.pending, 0);
});

function opened(
  t: TestContext,
  options: { concurrency?: number } = {},
): { clock: ManualClock; embedded: Embedded } {
  const clock = new ManualClock();
  const embedded = openEmbedded({ path: ':memory:', clock, logger: memoryLogger(), ...options });
  t.after(() => embedded.close());
  return { clock, embedded };
}
