import { relative, resolve } from 'node:path';
import type { EventData } from 'node:test';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';

/**
 * Reports a run of Node's test runner: each file as it ends, what it printed, why a test failed, and in the last line
 * `N passed, N failed`, counting real tests and not files and suites. What was not really run counts as failed: a
 * skipped, todo or cancelled test, a file without a test, one that broke or did not end in time. The exit code of this
 * process says the same, and that a run without any test is a failed one.
 */
export async function* strictReport(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const printed = new Map<string, string>();
  const broken: string[] = [];
  const failures: string[] = [];
  let passed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') {
      printed.set(data.file, (printed.get(data.file) ?? '') + data.message);
    } else if (type === 'test:complete' && isFile(data)) {
      const { passed, duration_ms: durationMs } = data.details;
      yield `${passed ? 'ok    ' : 'FAILED'} ${sourceOf(data)}, ${(durationMs / 1_000).toFixed(1)} s\n`;
      if (!passed && data.file !== undefined) broken.push(data.file);
    } else if (type === 'test:pass' || type === 'test:fail') {
      // A suite fails with its tests, which are counted already.
      if (type === 'test:fail' && failureType(data) === 'subtestsFailed') continue;
      const reason = omission(data) ?? (type === 'test:fail' ? describeError(data) : undefined);
      if (reason !== undefined) failures.push(`\n${sourceOf(data)}: ${titleOf(data)}\n${indent(reason)}\n`);
      else if (data.details.type !== 'suite') passed += 1;
    }
  }
  for (const file of broken) {
    const text = printed.get(file)?.trimEnd().slice(-SHOWN_OUTPUT_CHARACTERS);
    if (text) yield `\nWhat ${sourceOf({ file })} printed:\n${indent(text)}\n`;
  }
  yield `${failures.join('')}\n${passed} passed, ${failures.length} failed\n`;
  process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
}

const SHOWN_OUTPUT_CHARACTERS = 8_000;

type Located = Pick<EventData.TestPass, 'name' | 'file'>;

/** The runner reports a file like a test of its name: when it has ended, when it has no tests, or failed as a whole. */
function isFile({ name, file }: Located): boolean {
  return file !== undefined && resolve(name) === resolve(file);
}

function titleOf(data: Located): string {
  return isFile(data) ? '(the file)' : data.name;
}

/** The file a test was written in, which may have been compiled since. */
function sourceOf({ file = '' }: Pick<Located, 'file'>): string {
  return relative('', file).replace(/^dist\/compiled\/(.*)\.js$/, '$1.ts');
}

function omission(data: EventData.TestPass | EventData.TestFail): string | undefined {
  if (data.skip !== undefined) return 'It is skipped.';
  if (data.todo !== undefined) return 'It is marked as todo.';
  return isFile(data) && !('error' in data.details) ? 'It has no tests.' : undefined;
}

function failureType({ details: { error } }: EventData.TestFail): unknown {
  return 'failureType' in error ? error.failureType : undefined;
}

function describeError(data: EventData.TestFail): string {
  const { error } = data.details;
  const type = failureType(data);
  if (type === 'testAborted' || (type === 'testTimeoutFailure' && isFile(data)))
    return 'It did not end in time.';
  if ('exitCode' in error && typeof error.exitCode === 'number') {
    return `Its process ended with exit code ${error.exitCode}.`;
  }
  // Its type says Error, but where a test threw something else, or never ended, it is that or nothing.
  const cause: unknown = error.cause;
  return cause instanceof Error ? inspect(cause) : error.message;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
