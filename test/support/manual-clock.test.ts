import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from './manual-clock.js';

test('callbacks run in the order they fall due, each at its own time, and not before', async () => {
  const clock = new ManualClock(1000);
  const seen: string[] = [];
  const note = (name: string) => () => seen.push(`${name} at ${clock.now()}`);
  clock.schedule(20, note('second'));
  clock.schedule(10, note('first'));
  clock.schedule(20, note('third'));
  clock.schedule(31, note('never'));
  await clock.advance(30);
  assert.deepEqual(seen, ['first at 1010', 'second at 1020', 'third at 1020']);
  assert.equal(clock.now(), 1030);
  assert.equal(clock.pending, 1);
});

test('what a callback schedules after awaiting takes part in the same advance', async () => {
  const clock = new ManualClock(0);
  const ticks: number[] = [];
  const tick = async (): Promise<void> => {
    ticks.push(clock.now());
    await new Promise((resolve) => setImmediate(resolve));
    clock.schedule(10, () => void tick());
  };
  clock.schedule(10, () => void tick());
  await clock.advance(35);
  assert.deepEqual(ticks, [10, 20, 30]);
});

test('a cancelled callback does not run', async () => {
  const clock = new ManualClock();
  const cancel = clock.schedule(10, () => assert.fail('it ran'));
  cancel();
  await clock.advance(100);
  assert.equal(clock.pending, 0);
});
