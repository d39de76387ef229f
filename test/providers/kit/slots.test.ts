import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSlots, QueueFullError } from '../../../src/providers/kit/slots.js';
import { ManualClock } from '../../support/manual-clock.js';

const never = new AbortController().signal;

function slotsOf(policy: {
  limit: number;
  queue?: number;
  queuePerCaller?: number;
  waitMs?: number;
  perCaller?: number;
}) {
  const clock = new ManualClock();
  return { clock, slots: createSlots({ queue: 100, waitMs: 10_000, ...policy }, clock) };
}

test('one caller takes half of the slots at the most, and the others are for others', async () => {
  const { slots } = slotsOf({ limit: 4 });
  await slots.acquire(never, 'anna');
  const release = await slots.acquire(never, 'anna');
  let has = false;
  const third = slots.acquire(never, 'anna').then(() => (has = true));
  await slots.acquire(never, 'bela');
  await slots.acquire(never, 'carl');
  assert.equal(has, false);
  release();
  await third;
});

test('of those who wait, whoever holds the fewest is next, then whoever had one the longest ago', async () => {
  const { slots } = slotsOf({ limit: 2, perCaller: 2 });
  const releases = [await slots.acquire(never, 'anna'), await slots.acquire(never, 'anna')];
  const order: string[] = [];
  const wait = (caller: string): Promise<unknown> =>
    slots.acquire(never, caller).then((release) => {
      order.push(caller);
      releases.push(release);
    });
  const all = [wait('anna'), wait('anna'), wait('bela'), wait('carl'), wait('bela')];
  for (let i = 0; i < 5; i++) {
    releases.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(all);
  assert.deepEqual(order, ['bela', 'carl', 'anna', 'bela', 'anna']);
});

test('one caller takes no more places in the line than are theirs', async () => {
  const { slots } = slotsOf({ limit: 1, queue: 3, queuePerCaller: 2 });
  const release = await slots.acquire(never, 'anna');
  const waiting = [slots.acquire(never, 'anna'), slots.acquire(never, 'anna')];
  await assert.rejects(slots.acquire(never, 'anna'), QueueFullError);
  const bela = slots.acquire(never, 'bela');
  await assert.rejects(slots.acquire(never, 'carl'), QueueFullError);
  release();
  (await bela)();
  for (const one of waiting) (await one)();
});

test('a wait is bounded, and whoever is refused has left the line', async () => {
  const { slots, clock } = slotsOf({ limit: 1, waitMs: 5_000 });
  const release = await slots.acquire(never);
  const refused = assert.rejects(slots.acquire(never, 'anna'), QueueFullError);
  await clock.advance(5_000);
  await refused;
  release();
  release();
  const free = await slots.acquire(never, 'bela');
  free();
  assert.equal(clock.pending, 0);
});

test('more than the line holds are refused at once, and an aborted wait with its reason', async () => {
  const { slots } = slotsOf({ limit: 1, queue: 1 });
  const release = await slots.acquire(never);
  const controller = new AbortController();
  const aborted = assert.rejects(slots.acquire(controller.signal, 'anna'), { name: 'AbortError' });
  await assert.rejects(slots.acquire(never, 'bela'), QueueFullError);
  controller.abort();
  await aborted;
  release();
});
