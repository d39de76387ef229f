import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How a program has ended. */
export type Ending = 'well' | 'badly' | 'out of time';

/**
 * Runs a program to its end, or for so long: then it is killed, with everything that it has started.
 * @param command the program and its arguments
 * @param onLine told each line that it prints
 */
export async function runLimited(
  command: readonly [string, ...string[]],
  limitMs: number,
  onLine: (line: string) => void,
): Promise<Ending> {
  const [program, ...args] = command;
  // A group of its own, so that nothing of it is left behind.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    kill();
  }, limitMs);
  const interrupted = (): void => {
    kill();
    process.exit(1);
  };
  for (const signal of SIGNALS) process.once(signal, interrupted);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) onLine(line);
    const status = await ended;
    if (isOver) return 'out of time';
    return status === 0 ? 'well' : 'badly';
  } finally {
    clearTimeout(timer);
    for (const signal of SIGNALS) process.off(signal, interrupted);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
