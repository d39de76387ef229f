import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';

const REPORT = new URL('../../scripts/strict-report.js', import.meta.url).href;

// In a process of its own: the test runner refuses to run inside itself.
async function runFile(test: TestContext, source: string, timeoutMs = 60_000): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-strict-report-'));
  test.after(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'sample.test.mjs');
  writeFileSync(file, `import test, { describe, it } from 'node:test';\n${source}`);
  const entry = join(dir, 'entry.mjs');
  writeFileSync(
    entry,
    `import { run } from 'node:test';
     import { strictReport } from '${REPORT}';
     const options = { files: ['${file}'], timeout: ${timeoutMs}, signal: AbortSignal.timeout(${timeoutMs * 2}) };
     run(options).compose(strictReport).pipe(process.stdout);
     process.on('exit', (code) => console.log('exit code ' + code));`,
  );
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(process.execPath, [...process.execArgv, entry], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return text(child.stdout);
}

const cases: [string, string, RegExp][] = [
  [
    'counts tests, not suites and files',
    "describe('s', () => { it('a', () => {}); it('b', () => {}); }); test('c', () => {});",
    /^3 passed, 0 failed\nexit code 0$/m,
  ],
  [
    'shows why a test failed, once, with its parents uncounted',
    "describe('s', () => { it('bad', () => { throw new Error('boom'); }); });",
    /: bad\n {2}Error: boom[^]*^0 passed, 1 failed$/m,
  ],
  [
    'counts a skipped test as failed',
    "it.skip('later', () => {});",
    /It is skipped\.\n\n0 passed, 1 failed\nexit code 1$/m,
  ],
  [
    'counts a todo test as failed',
    "it.todo('later');",
    /It is marked as todo\.\n\n0 passed, 1 failed\nexit code 1$/m,
  ],
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
  ['counts a file without tests as failed', '', /It has no tests\.\n\n0 passed, 1 failed\nexit code 1$/m],
  [
    'counts a file that breaks as failed, and shows what it printed',
    "throw new Error('broken');",
    /Error: broken[^]*exit code 1\.\n\n0 passed, 1 failed\nexit code 1$/m,
  ],
  [
    'counts a process that fails after its tests as failed',
    "test('a', () => {}); process.on('exit', () => { process.exitCode = 3; });",
    /exit code 3\.\n\n1 passed, 1 failed\nexit code 1$/m,
  ],
];

describe('the test run', () => {
  for (const [promise, source, expected] of cases) {
    it(promise, async (test) => assert.match(await runFile(test, source), expected));
  }

  it('ends a file that does not end by itself, and counts it as failed', async (test) => {
    const source = "test('a', () => {}); setInterval(() => {}, 1_000);";
    assert.match(await runFile(test, source, 3_000), /It did not end in time\.\n\n\d passed, 1 failed$/m);
  });
});
