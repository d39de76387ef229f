import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { packagePath } from '../../src/package-path.js';
import type { Teardown } from './simulators.js';

export interface SealgraphProcess {
  readonly process: ChildProcess;
  /** What it printed to stdout so far, by line. */
  readonly lines: readonly string[];
  /** What it printed to stderr so far. */
  errors(): string;
  /** The rest of the first line that begins with `word `; waits for it. Throws when the process ends before. */
  lineAfter(word: string): Promise<string>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Resolves with the exit code when it has ended by itself. */
  readonly exited: Promise<number | null>;
}

export interface StartOptions {
  /** What Node is to run. Default: the compiled product. */
  readonly program?: readonly string[];
  /** Default: that of this process. */
  readonly directory?: string;
  /** Whom it runs as. Default: whoever runs this process. */
  readonly uid?: number;
}

/** Starts the compiled product with these arguments and settings, and nothing of this process's own settings; it ends with the test. */
export function startSealgraph(
  test: Teardown,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  { program = [packagePath('dist/bundle/main.js')], directory = process.cwd(), uid }: StartOptions = {},
): SealgraphProcess {
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: directory,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  });
  const lines: string[] = [];
  let errors = '';
  let listeners: (() => void)[] = [];
  const wake = (): void => {
    const waiting = listeners;
    listeners = [];
    for (const listener of waiting) listener();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  let ended = false;
  const exited = once(child, 'close').then(([code]: unknown[]) => {
    ended = true;
    wake();
    return typeof code === 'number' ? code : null;
  });
  test.after(async () => {
    if (!ended) child.kill('SIGKILL');
    await exited;
  });
  return {
    process: child,
    lines,
    errors: () => errors,
    exited,
    async lineAfter(word) {
      for (;;) {
        const line = lines.find((one) => one.startsWith(`${word} `));
        if (line !== undefined) return line.slice(word.length + 1);
        assert(!ended, `it ended without printing "${word} ...": ${errors}`);
        await new Promise<void>((resolve) => listeners.push(resolve));
      }
    },
    end(signal) {
      child.kill(signal);
      return exited;
    },
  };
}

/** Asks a graph over HTTP. */
export async function askGraph<Data>(
  url: string,
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<{
  status: number;
  data: Data;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
}> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as { data: Data }) };
}

/** Moves a simulator through its control port. */
export async function control(controlUrl: string, verb: string, input: object): Promise<void> {
  const response = await fetch(`${controlUrl}/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  assert.equal(response.status < 300, true, `${verb}: ${await response.text()}`);
}
