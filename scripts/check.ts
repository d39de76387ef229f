import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const packageSchema = z.object({ scripts: z.record(z.string(), z.string()) });

/**
 * `npm run check`: every script called `check:...`, as many at once as there are processors; none of them writes
 * anything. What one printed is shown when it has ended.
 */
async function main(): Promise<void> {
  const { scripts } = packageSchema.parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const waiting = Object.keys(scripts).filter((name) => name.startsWith('check:'));
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const { passed, printed } = await run(gate);
      if (!passed) failed.push(gate);
      console.log(`${passed ? 'ok    ' : 'FAILED'} ${gate}`);
      if (printed.trim() !== '') console.log(printed.trimEnd().replace(/^(?=.)/gm, '  '));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (failed.length > 0) console.log(`\nFAILED: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

async function run(gate: string): Promise<{ passed: boolean; printed: string }> {
  const child = spawn('npm', ['run', '--silent', gate], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'exit');
  return { passed: child.exitCode === 0, printed: output + errors };
}

await main();
