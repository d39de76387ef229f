import { spawnSync } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from 'node:test';
import { compiled } from './compile.js';
import { ensurePrograms, thisMachine } from './ensure-programs.js';
import { strictReport } from './strict-report.js';

/** Newer runners end a single test at this time and not a file; there the limit of the whole run ends it. */
const FILE_TIMEOUT_MS = 600_000;
const RUN_TIMEOUT_MS = 3_600_000;

/**
 * `npm test`: every test, or with arguments those whose path holds one of them. The last line is always
 * `N passed, N failed`, and a run without a single test is a failed one.
 */
function main(wanted: readonly string[]): void {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((path) => join('test', path))
    .filter((path) => path.endsWith('.test.ts'))
    .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
    .sort();
  if (files.length === 0) return refuse('No test file matches.');
  const missing = ensurePrograms(thisMachine);
  if (missing !== undefined) return refuse(missing);
  // What is started, and what pages are made of, is what the product is built to.
  if (files.some((file) => /startSealgraph|landing-pages/.test(file + readFileSync(file, 'utf8')))) {
    const build = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
    if (build.status !== 0) return refuse('The build failed.');
  }
  const templates = mkdtempSync(join(tmpdir(), 'sealgraph-templates-'));
  process.once('exit', () => rmSync(templates, { recursive: true, force: true }));
  process.env['SEALGRAPH_TEST_TEMPLATES'] = templates;
  const signal = AbortSignal.timeout(RUN_TIMEOUT_MS);
  setMaxListeners(0, signal);
  run({
    files: files.map((file) => resolve(compiled(file))),
    concurrency: availableParallelism(),
    timeout: FILE_TIMEOUT_MS,
    signal,
  })
    .compose<NodeJS.ReadableStream>(strictReport)
    .pipe(process.stdout);
}

function refuse(reason: string): void {
  process.exitCode = 1;
  console.log(`${reason}\n\n0 passed, 1 failed`);
}

main(process.argv.slice(2));
