import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import { systemClock } from '../../../clock.js';
import type { Clock } from '../../../clock.js';
import { ProviderError } from '../../../provider-error.js';
import type { Answer, Task } from './answer.js';
import { handOver } from './hand-over.js';

export interface WorkerPoolOptions {
  /** Module whose exports are the operations. */
  readonly file: URL;
  /** The time operations are told. */
  readonly clock: Clock;
  /** Default: the system's, because what a thread does takes real time whatever the other clock says. */
  readonly timer?: Pick<Clock, 'schedule'>;
  /** Default: one less than there are processors, 2 to 4. */
  readonly threads?: number;
  /** Calls that may wait for a thread; the next is refused. */
  readonly maxQueue: number;
  /** How long one call may wait for a thread, milliseconds. */
  readonly maxWaitMs: number;
  /** How long one call may work, counted from when a thread takes it, milliseconds. */
  readonly budgetMs: number;
  /** How much memory JavaScript may use in one thread, MiB. */
  readonly memoryMiB: number;
}

/** One that works on something hard leaves one for the others, however few processors there are. */
const MIN_THREADS = 2;
const MAX_THREADS = 4;
const IDLE_MS = 60_000;

/** What each export of the worker module takes and answers. */
type OperationTable = Record<string, (task: Task<never>) => Promise<Answer<unknown>>>;
type InputOf<Operation> = Operation extends (task: Task<infer Input>) => unknown ? Input : never;
type ResultOf<Operation> = Operation extends (task: never) => Promise<Answer<infer Result>> ? Result : never;

/**
 * Runs the exports of a module in a few threads. The first call starts the first two; idle ones beyond those end, and
 * none holds up the process. A thread that dies, or is ended because its call asks for too much, takes along that call
 * only: another takes its place.
 */
export class WorkerPool<Operations extends OperationTable> {
  readonly #options: WorkerPoolOptions;
  #pool: Promise<Piscina> | undefined;
  #isClosed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /**
   * @param input bytes that stand in a field of it are handed over: the caller's array may be empty afterwards
   * @throws ProviderError what the operation refuses, `RATE_LIMITED`, `PROCESSING_LIMIT`
   */
  async run<Name extends keyof Operations & string>(
    name: Name,
    input: InputOf<Operations[Name]> & object,
  ): Promise<ResultOf<Operations[Name]>> {
    const { timer = systemClock, maxWaitMs, budgetMs } = this.#options;
    const { port1: told, port2: taken } = new MessageChannel();
    const end = new AbortController();
    let ended = new ProviderError('RATE_LIMITED', { message: BUSY });
    let cancel = timer.schedule(maxWaitMs, () => end.abort());
    told.once('message', () => {
      cancel();
      ended = new ProviderError('PROCESSING_LIMIT');
      cancel = timer.schedule(budgetMs, () => end.abort());
    });
    try {
      const answer = await this.#post<Answer<ResultOf<Operations[Name]>>>(name, { input, taken }, end.signal);
      if (answer.refused === undefined) return answer.value;
      const { code, message, path, reason, trippedAt: cause } = answer.refused;
      throw new ProviderError(code, { message, path, reason, cause });
    } catch (error) {
      if (end.signal.aborted) throw ended;
      if (isOutOfMemory(error)) throw new ProviderError('PROCESSING_LIMIT', { cause: error });
      throw error;
    } finally {
      cancel();
      told.close();
    }
  }

  async #post<Reply>(
    name: string,
    { input, taken }: { readonly input: object; readonly taken: MessagePort },
    signal: AbortSignal,
  ): Promise<Reply> {
    const { clock, maxQueue } = this.#options;
    const pool = await this.#open();
    if (pool.queueSize >= maxQueue) throw new ProviderError('RATE_LIMITED', { message: BUSY });
    const { fields, transfer } = handOver(input);
    const task: Task<object> = { input: fields, now: clock.now(), taken };
    return (await pool.run(task, { name, signal, transferList: [...transfer, taken] })) as Reply;
  }

  /** Ends the threads at once; calls under way fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#pool)?.destroy();
  }

  async #open(): Promise<Piscina> {
    if (this.#isClosed) throw new Error('The threads have ended.');
    return (this.#pool ??= this.#start());
  }

  async #start(): Promise<Piscina> {
    const pool = await startPool(this.#options);
    // A thread that cannot even start: whoever waits for it fails, the next call tries anew.
    pool.on('error', () => {
      this.#pool = undefined;
      void pool.destroy();
    });
    return pool;
  }
}

const BUSY = 'Too much is being worked on already; try again later.';
const TYPESCRIPT = new URL('./typescript-in-threads.mjs', import.meta.url);

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

async function startPool({ file, maxQueue, memoryMiB, ...options }: WorkerPoolOptions): Promise<Piscina> {
  const { Piscina } = await import('piscina');
  const spare = Math.max(MIN_THREADS, availableParallelism() - 1);
  const { threads = Math.min(MAX_THREADS, spare) } = options;
  const isSource = file.pathname.endsWith('.ts');
  return new Piscina({
    filename: file.href,
    ...(isSource ? { execArgv: ['--import', TYPESCRIPT.href] } : {}),
    // Without a lowest number none would follow one that died while calls wait for it.
    minThreads: Math.min(MIN_THREADS, threads),
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    maxQueue,
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
    // Where processors are short, whoever waits for an answer comes first. Elsewhere it would slow down the process.
    niceIncrement: process.platform === 'linux' ? 10 : 0,
    // Nothing in there needs to know how this process was configured.
    env: {},
  });
}
