import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packagePath } from '../../../package-path.js';
import type * as operations from './worker.js';
import { WorkerPool } from './worker-pool.js';

/** Where local cryptography is done. */
export interface LocalThreads {
  /** For what is done with keys and certificates alone, which takes milliseconds. */
  readonly quick: WorkerPool<typeof operations>;
  /** For what is done with whole messages: however much of that there is, the others do not wait for it. */
  readonly long: WorkerPool<typeof operations>;
  /** Ends the threads; calls under way fail. */
  close(): Promise<void>;
}

export interface LocalThreadsOptions {
  /** Threads for messages. Default: one less than there are processors, 2 to 4. */
  readonly threads?: number;
  /** Calls that may wait for a thread, half of them of one caller. Default 64. */
  readonly maxQueue?: number;
  /** How long one call may work, counted from when a thread takes it, milliseconds. Default 5 s. */
  readonly budgetMs?: number;
}

/** A full queue takes longer only when every call in it uses up its budget. */
const MAX_WAIT_MS = 60_000;
/** What the largest message needs, and as much again. */
const MEMORY_MIB = 1024;
/** One that works on something hard leaves one for the others, however few processors there are. */
const [MIN_THREADS, MAX_THREADS] = [2, 4];

/** Costs nothing until the first call. */
export function openThreads(options: LocalThreadsOptions = {}): LocalThreads {
  const { threads = Math.min(MAX_THREADS, Math.max(MIN_THREADS, availableParallelism() - 1)) } = options;
  const pool = (own: { readonly threads: number; readonly niceness: number }) =>
    new WorkerPool<typeof operations>({
      file: workerFile(),
      ...own,
      maxQueue: options.maxQueue ?? 64,
      maxWaitMs: MAX_WAIT_MS,
      budgetMs: options.budgetMs ?? 5_000,
      memoryMiB: MEMORY_MIB,
    });
  const quick = pool({ threads: MIN_THREADS, niceness: 5 });
  const long = pool({ threads, niceness: 10 });
  return {
    quick,
    long,
    async close() {
      await Promise.all([quick.close(), long.close()]);
    },
  };
}

/** Beside this file, compiled or not; in the bundle, where this file is part of another, threads have one of their own. */
function workerFile(): URL {
  const beside = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);
  return existsSync(beside) ? beside : pathToFileURL(packagePath('dist/bundle/guardcrypto-worker.js'));
}
