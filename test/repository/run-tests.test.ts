import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { promisify } from 'node:util';

const RUNNER = new URL('../../scripts/run-tests.ts', import.meta.url).href;

// In a process of its own: the test runner refuses to run inside itself.
async function runFile(test: TestContext, source: string, timeoutMs = 60_000): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-run-tests-'));
  test.after(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'sample.test.mjs');
  writeFileSync(file, `import test, { describe, it } from 'node:test';\n${source}`);
  const entry = join(dir, 'entry.mts');
  writeFileSync(
    entry,
    `import { runTests } from '${RUNNER}';
     const write = (text) => process.stdout.write(text);
     const { passed, failed } = await runTests(['${file}'], { timeoutMs: ${timeoutMs}, write });
     console.log(passed + ' passed, ' + failed + ' failed');`,
  );
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', entry], { env });
  return stdout;
}

const cases: [string, string, RegExp][] = [
  [
    'counts tests, not suites and files',
    "describe('s', () => { it('a', () => {}); it('b', () => {}); }); test('c', () => {});",
    /^3 passed, 0 failed$/m,
  ],
  [
    'shows why a test failed, once, with its parents uncounted',
    "describe('s', () => { it('bad', () => { throw new Error('boom'); }); });",
    /: bad\n {2}Error: boom[^]*^0 passed, 1 failed$/m,
  ],
  ['counts a skipped test as failed', "it.skip('later', () => {});", /It is skipped\.\n0 passed, 1 failed$/m],
  ['counts a todo test as failed', "it.todo('later');", /It is marked as todo\.\n0 passed, 1 failed$/m],
  [
    'counts a test that is cut off with its parent as failed',
    "test('p', { timeout: 20 }, (t) => t.test('left alone', () => new Promise((resolve) => setTimeout(resolve, 1_000))));",
    /: left alone\n[^]*^0 passed, 2 failed$/m,
  ],
  [
    'counts a failed hook as failed',
    "import { before } from 'node:test'; describe('s', () => { before(() => { throw new Error('hook'); }); it('a', () => {}); });",
    /Error: hook[^]*^0 passed, 2 failed$/m,
  ],
  ['counts a file without tests as failed', '', /It has no tests\.\n0 passed, 1 failed$/m],
  [
    'counts a file that breaks as failed, and shows what it printed',
    "throw new Error('broken');",
    /Error: broken[^]*exit code 1\.\n0 passed, 1 failed$/m,
  ],
  [
    'counts a process that fails after its tests as failed',
    "test('a', () => {}); process.on('exit', () => { process.exitCode = 3; });",
    /exit code 3\.\n1 passed, 1 failed$/m,
  ],
];

describe('the test run', () => {
  for (const [promise, source, expected] of cases) {
    it(promise, async (test) => assert.match(await runFile(test, source), expected));
  }

  it('ends a file that does not end by itself, and counts it as failed', async (test) => {
    const source = "test('a', () => {}); setInterval(() => {}, 1_000);";
    assert.match(await runFile(test, source, 3_000), /It did not end in time\.\n\d passed, 1 failed$/m);
  });
});
