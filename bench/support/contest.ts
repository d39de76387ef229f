import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleServer } from '../../scripts/bundle-server.js';
import { median } from './median.js';

const CONNECTIONS = 16;
const WARM_UP_SECONDS = 4;
const CONTESTANT = 'dist/bench';

/** Something that answers a document over HTTP. */
export interface Contestant {
  readonly name: string;
  readonly url: string;
  readonly query: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ContestOptions {
  readonly rounds: number;
  /** Seconds that each contestant is loaded in each round. */
  readonly seconds: number;
}

/** Answers per second of each contestant, one for each round. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

/**
 * Loads one after the other, and that again in every round, so that what else the machine does falls on all of them.
 * Each must give the same answer all the time.
 */
export async function contest(contestants: readonly Contestant[], options: ContestOptions): Promise<Rounds> {
  const expected = new Map<string, string>();
  for (const contestant of contestants) {
    expected.set(contestant.name, await answerOf(contestant));
    await load(contestant, WARM_UP_SECONDS);
  }
  const rounds = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 1; round <= options.rounds; round++)
    for (const contestant of contestants)
      rounds
        .get(contestant.name)
        ?.push(await load(contestant, options.seconds, expected.get(contestant.name)));
  return rounds;
}

/** How much faster one was than another: the median of the rounds' ratios. */
export function ratio(rounds: Rounds, one: string, other: string): number {
  const others = rounds.get(other) ?? [];
  return median((rounds.get(one) ?? []).map((rate, round) => rate / (others[round] ?? NaN)));
}

async function answerOf({ url, query, headers }: Contestant): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  if (!response.ok || text.includes('"errors"')) throw new Error(`${url}: ${response.status} ${text}`);
  return text;
}

/** Answers per second of one contestant, over 16 connections. */
export async function load(
  { url, query, headers }: Contestant,
  seconds: number,
  expected?: string,
): Promise<number> {
  const wanted = {
    url,
    headers,
    body: JSON.stringify({ query }),
    expected,
    connections: CONNECTIONS,
    seconds,
  };
  const child = spawn(process.execPath, ['bench/peers/load.js', JSON.stringify(wanted)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return Number(await firstLine(child));
}

/** Programs that this process has started; they end with it. */
const started = new Set<ChildProcess>();
process.once('exit', () => started.forEach((child) => child.kill('SIGKILL')));

/** Starts a program of this folder in a process of its own; answers the first line that it prints, and the id of the process. */
export async function start(
  file: string,
  environment: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<{ line: string; pid: number; stop: () => Promise<void> }> {
  // The peers read the world, which is TypeScript.
  const loader = file.startsWith('peers/') ? ['--import', 'tsx'] : [];
  const isTypeScript = file.endsWith('.ts');
  // Ours runs as it is shipped.
  if (isTypeScript) await bundleServer({ contestant: join('bench', file) }, CONTESTANT);
  const program = isTypeScript ? join(CONTESTANT, 'contestant.js') : join('bench', file);
  const child = spawn(process.execPath, [...loader, program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  });
  started.add(child);
  const line = await firstLine(child);
  return {
    line,
    pid: child.pid ?? NaN,
    async stop() {
      started.delete(child);
      if (!child.kill()) return;
      await once(child, 'exit');
    },
  };
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('nothing can be read of it');
  const lines = createInterface({ input: stdout });
  const line = await Promise.race([once(lines, 'line'), once(lines, 'close')]);
  // What it prints later is of no interest, and must not stop it.
  stdout.resume();
  if (typeof line[0] !== 'string') throw new Error('it ended without a word');
  return line[0];
}
