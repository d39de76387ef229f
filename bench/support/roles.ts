import { spawn } from 'node:child_process';
import { once } from 'node:events';

// Load comes from processes of their own, which nothing in the one that is measured can hold up.

/** Starts the bench once more in a process of its own. @param file the bench @param args its role, and what that needs */
export function spawnRole(file: string, ...args: readonly string[]) {
  return spawn(process.execPath, ['--import', 'tsx', file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
}

type Role = ReturnType<typeof spawnRole>;

/** @throws Error when it did not end well */
export async function ended(role: Role): Promise<void> {
  const [status] = (await once(role, 'close')) as [number | null];
  if (status !== 0) throw new Error(`a client ended with ${status}`);
}

/** What it printed, as JSON. */
export async function answerOf<Answer>(role: Role): Promise<Answer> {
  let answer = '';
  role.stdout.setEncoding('utf8').on('data', (text: string) => (answer += text));
  await ended(role);
  return JSON.parse(answer) as Answer;
}
