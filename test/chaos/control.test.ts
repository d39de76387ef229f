import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runChaos } from './run.js';
import { chaosTable } from './table.js';

test('The naive control, which reads, compares and publishes, is seen to lose, repeat or reorder events in the same run.', async () => {
  const report = await runChaos({
    variant: 'naive',
    seed: 1,
    watches: 300,
    patienceMs: 10_000,
    goOn: (waves) => waves < 1,
  });
  console.log(chaosTable([report]));
  const { lost, duplicated, outOfOrder } = report;
  assert.ok(lost + duplicated + outOfOrder > 0);
});
