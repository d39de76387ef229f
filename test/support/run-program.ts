import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ProgramResult {
  /** Exit code; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface ProgramOptions {
  /** What it reads from its standard input. */
  readonly input?: string | Uint8Array | undefined;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end, whatever that is. */
export async function tryProgram(
  program: string,
  args: readonly string[],
  { input, cwd, env = {} }: ProgramOptions = {},
): Promise<ProgramResult> {
  const child = spawn(program, args, { cwd, env: { PATH: process.env['PATH'], LC_ALL: 'C', ...env } });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // One that ends without reading everything is judged by its exit code.
  child.stdin.on('error', () => undefined).end(input);
  const [status] = (await once(child, 'close').catch((error: unknown) => {
    throw new Error(`${program} cannot be started: \`npm test\` installs it or says how.`, { cause: error });
  })) as [number | null];
  return { status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

/** Runs a program that has to succeed. @returns what it wrote to its standard output */
export async function runProgram(
  program: string,
  args: readonly string[],
  options?: ProgramOptions,
): Promise<Buffer> {
  const { status, stdout, stderr } = await tryProgram(program, args, options);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}
