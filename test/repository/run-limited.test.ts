import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runLimited } from '../../scripts/run-limited.js';

const MINUTE_MS = 60_000;
const never = 'setInterval(() => undefined, 1_000);';

async function run(program: string, limitMs: number): Promise<[string, string[]]> {
  const lines: string[] = [];
  const ending = await runLimited([process.execPath, '-e', program], limitMs, (line) => lines.push(line));
  return [ending, lines];
}

test('A program that ends is told from one that fails, with what it has printed.', async () => {
  assert.deepEqual(await run('console.log("one\\ntwo")', MINUTE_MS), ['well', ['one', 'two']]);
  assert.deepEqual(await run('console.log("one"); process.exit(3)', MINUTE_MS), ['badly', ['one']]);
});

test('A program that does not end is killed with what it has started, and the next one runs.', async () => {
  const [ending] = await run(never, 1);
  assert.equal(ending, 'out of time');
  // Its output stays open as long as a process of it lives.
  const started = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(never)}], { stdio: 'inherit' });`;
  assert.equal((await run(started, 1_000))[0], 'out of time');
  assert.deepEqual(await run('console.log("after")', MINUTE_MS), ['well', ['after']]);
});
