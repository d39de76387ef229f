import { MUTANTS } from './mutants.js';
import { runChaos } from './run.js';
import { chaosTable } from './table.js';
import { isFlawless } from './verdict.js';

/** Runs every mutant until something goes wrong; one with which nothing does in time makes the exit code 1. */
export async function runMutants({ seed, watches }: { seed: number; watches: number }): Promise<void> {
  for (const { name, waves } of MUTANTS) {
    const report = await runChaos({
      ...{ variant: 'product', mutant: name, seed, watches, patienceMs: 15_000 },
      goOn: (done, found) => done < waves && isFlawless(found),
    });
    console.log(chaosTable([report]));
    const isCaught = !isFlawless(report);
    console.log(`${isCaught ? 'caught' : 'NOT CAUGHT'}: ${name}\n`);
    if (!isCaught) process.exitCode = 1;
  }
}
