import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePrograms, thisMachine } from './ensure-programs.js';
import { runTests, type TestRun } from './run-tests.js';

const FILE_TIMEOUT_MS = 600_000;

/**
 * `npm test`: every test, or with arguments those whose path holds one of them. The last line is always
 * `N passed, N failed`, and a run without a single test is a failed one.
 */
async function main(wanted: readonly string[]): Promise<TestRun> {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((path) => join('test', path))
    .filter((path) => path.endsWith('.test.ts'))
    .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
    .sort();
  if (files.length === 0) return refuse('No test file matches.');
  const missing = ensurePrograms(thisMachine);
  if (missing !== undefined) return refuse(missing);
  // End-to-end tests run the compiled product; the compiler itself knows what is new.
  const build = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  if (build.status !== 0) return refuse('The build failed.');
  return runTests(files, { timeoutMs: FILE_TIMEOUT_MS, write: (text) => process.stdout.write(text) });
}

function refuse(reason: string): TestRun {
  console.log(reason);
  return { passed: 0, failed: 1 };
}

const { passed, failed } = await main(process.argv.slice(2));
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);
