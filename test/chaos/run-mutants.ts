import { MUTANTS } from './mutants.js';
import { runChaos } from './run.js';
import { chaosTable } from './table.js';
import { isFlawless } from './verdict.js';

export interface MutantOptions {
  readonly seed: number;
  readonly watches: number;
  /** Those alone whose names hold it. */
  readonly only: string;
}

/** Runs mutants until something goes wrong; one with which nothing does in time makes the exit code 1. */
export async function runMutants({ seed, watches, only }: MutantOptions): Promise<void> {
  const chosen = MUTANTS.filter(({ name }) => name.includes(only));
  if (chosen.length === 0) throw new Error(`There is no mutant "${only}".`);
  for (const { name, waves } of chosen) {
    const report = await runChaos({
      ...{ variant: 'product', mutant: name, seed, watches, patienceMs: 15_000 },
      goOn: (done, found) => done < waves && isFlawless(found),
    });
    console.log(chaosTable([report]));
    const isCaught = !isFlawless(report);
    const after = report.waves === 0 ? 'with nothing broken' : `in wave ${report.waves} of ${waves}`;
    console.log(`${isCaught ? `caught ${after}` : 'NOT CAUGHT'}: ${name}\n`);
    if (!isCaught) process.exitCode = 1;
  }
}
