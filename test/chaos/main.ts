import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runMutants } from './run-mutants.js';
import { runChaos } from './run.js';
import type { Variant } from './settings.js';
import { chaosTable } from './table.js';
import { isFlawless } from './verdict.js';

// npm run chaos -- --minutes 10 --seed 1: the product for so long, then the control for a fifth of it, side by side.
// npm run chaos -- --mutants [--only text]: each mutant of the product, or those whose names hold a text, until it is caught.
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    watches: { type: 'string', default: '300' },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
if (values.mutants)
  await runMutants({
    seed: Number(values.seed),
    watches: Number(values.watches),
    only: values.only,
  });
else await runBeside();

async function runBeside(): Promise<void> {
  const run = (variant: Variant, minutes: number) => {
    const until = Date.now() + minutes * 60_000;
    return runChaos({
      variant,
      seed: Number(values.seed),
      watches: Number(values.watches),
      patienceMs: variant === 'product' ? 60_000 : 10_000,
      goOn: (waves) => waves === 0 || Date.now() < until,
    });
  };
  const product = await run('product', Number(values.minutes));
  const control = await run('naive', Number(values.minutes) / 5);
  console.log(`seed ${values.seed}\n${chaosTable([product, control])}`);
  if (!isFlawless(product) || product.crashes.length > 0) {
    const path = join(tmpdir(), `sealgraph-chaos-product-${values.seed}.jsonl`);
    product.history.save(path);
    console.log(`The product has failed; its history is in ${path}\n${product.crashes.join('\n')}`);
    process.exitCode = 1;
  }
  if (isFlawless(control)) {
    console.log('The control has not failed: this run proves nothing.');
    process.exitCode = 1;
  }
}
