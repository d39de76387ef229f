import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runChaos } from './run.js';
import { chaosTable } from './table.js';
import { isFlawless } from './verdict.js';

const SEED = 1;
const WATCHES = 150;
/** Two readers each, in a calm wave and in one where things break. */
const READERS = WATCHES * 2 * 2;

test('Whatever breaks, every reader is told every change and the end once and in order, and no watch is polled twice at a time or forgotten.', async () => {
  const report = await runChaos({
    variant: 'product',
    seed: SEED,
    watches: WATCHES,
    patienceMs: 45_000,
    goOn: (waves) => waves < 1,
  });
  const path = join(tmpdir(), `sealgraph-chaos-product-${SEED}.jsonl`);
  const isGood = isFlawless(report) && report.crashes.length === 0;
  if (!isGood) report.history.save(path);
  console.log(chaosTable([report]));
  assert.ok(isGood, `seed ${SEED}, history in ${path}\n${report.crashes.join('\n')}`);
  assert.equal(report.readers, READERS);
  assert.ok(report.events > report.readers);
});
