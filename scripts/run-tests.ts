import { relative, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { run, type EventData } from 'node:test';
import { inspect } from 'node:util';

/** How many tests passed and failed: real tests, not files and suites. */
export interface TestRun {
  readonly passed: number;
  readonly failed: number;
}

export interface RunOptions {
  /** The longest one file may take, milliseconds; then its process is ended. */
  readonly timeoutMs: number;
  /** Receives the report, piece by piece. */
  write(text: string): void;
}

interface FileResult {
  readonly file: string;
  readonly passed: number;
  readonly failures: readonly { readonly name: string; readonly reason: string }[];
  readonly output: string;
}

const CONCURRENCY = 2;
const SHOWN_OUTPUT_CHARACTERS = 8_000;

/**
 * Runs test files, two at a time, each in a process of its own, and counts their tests. What was not really run counts
 * as failed: a skipped, todo or cancelled test, a file without a test, one that broke or did not end in time.
 */
export async function runTests(files: readonly string[], { timeoutMs, write }: RunOptions): Promise<TestRun> {
  const waiting = [...files];
  const results: FileResult[] = [];
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const startedAt = performance.now();
      const result = await runFile(file, timeoutMs);
      results.push(result);
      write(describeFile(result, performance.now() - startedAt));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));

  write(results.map(describeFailures).join(''));
  return {
    passed: sum(results.map(({ passed }) => passed)),
    failed: sum(results.map(({ failures }) => failures.length)),
  };
}

async function runFile(path: string, timeoutMs: number): Promise<FileResult> {
  const file = relative('', path);
  const failures: { name: string; reason: string }[] = [];
  let passed = 0;
  let output = '';
  // The runner reports the file itself like a test of its name: when it has no tests, or when it failed as a whole.
  const isFile = (name: string): boolean => resolve(name) === resolve(path);

  // A signal, and not the runner's own timeout: newer runners apply that to tests alone, not to what they leave behind.
  const stream = run({ files: [path], signal: AbortSignal.timeout(timeoutMs) });
  stream.on('test:pass', (data) => {
    const omission = omissionOf(data) ?? (isFile(data.name) ? 'It has no tests.' : undefined);
    if (omission !== undefined) failures.push({ name: data.name, reason: omission });
    else if (data.details.type !== 'suite') passed += 1;
  });
  stream.on('test:fail', (data) => {
    if (failureType(data) === 'subtestsFailed') return;
    const name = isFile(data.name) ? '(the file)' : data.name;
    failures.push({ name, reason: omissionOf(data) ?? describeError(data) });
  });
  const keep = ({ message }: EventData.TestStdout | EventData.TestStderr): void => {
    output += message;
  };
  stream.on('test:stdout', keep);
  stream.on('test:stderr', keep);
  await finished(stream.resume());
  return { file, passed, failures, output };
}

function omissionOf({ skip, todo }: EventData.TestPass | EventData.TestFail): string | undefined {
  if (skip !== undefined) return 'It is skipped.';
  return todo === undefined ? undefined : 'It is marked as todo.';
}

function failureType({ details: { error } }: EventData.TestFail): unknown {
  return 'failureType' in error ? error.failureType : undefined;
}

function describeError(data: EventData.TestFail): string {
  const { error } = data.details;
  if (failureType(data) === 'testAborted') return 'It did not end in time.';
  if ('exitCode' in error && typeof error.exitCode === 'number') {
    return `Its process ended with exit code ${error.exitCode}.`;
  }
  // Its type says Error, but where a test threw something else, or never ended, it is that or nothing.
  const cause: unknown = error.cause;
  return cause instanceof Error ? inspect(cause) : error.message;
}

function describeFile({ file, passed, failures }: FileResult, durationMs: number): string {
  const verdict = failures.length === 0 ? 'ok    ' : 'FAILED';
  return `${verdict} ${file}: ${passed} passed, ${failures.length} failed, ${(durationMs / 1_000).toFixed(1)} s\n`;
}

function describeFailures({ file, failures, output }: FileResult): string {
  if (failures.length === 0) return '';
  const printed = output.trimEnd().slice(-SHOWN_OUTPUT_CHARACTERS);
  return [
    ...(printed ? [`\nWhat ${file} printed:\n${indent(printed)}\n`] : []),
    ...failures.map(({ name, reason }) => `\n${file}: ${name}\n${indent(reason)}\n`),
  ].join('');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
