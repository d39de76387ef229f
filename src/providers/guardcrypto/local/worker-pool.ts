import { setMaxListeners } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import { systemClock } from '../../../clock.js';
import type { Clock } from '../../../clock.js';
import { ProviderError } from '../../../provider-error.js';
import { createSlots, QueueFullError, type Slots } from '../../kit/slots.js';
import type { Answer, Refusal, Task } from './answer.js';
import { handOver } from './hand-over.js';

export interface WorkerPoolOptions {
  /** Module whose exports are the operations. */
  readonly file: URL;
  /** Default: the system's, because what a thread does takes real time whatever the other clock says. */
  readonly timer?: Pick<Clock, 'schedule'>;
  /** Of which one caller has half at the most. */
  readonly threads: number;
  /** Calls that may wait for a thread, half of them of one caller; the next is refused. */
  readonly maxQueue: number;
  /** How long one call may wait for a thread, milliseconds. */
  readonly maxWaitMs: number;
  /** How long one call may work, counted from when a thread takes it, milliseconds. */
  readonly budgetMs: number;
  /** How much memory JavaScript may use in one thread, MiB. */
  readonly memoryMiB: number;
  /** How far threads stand back where processors are short (`nice`); on Linux alone. Default 10. */
  readonly niceness?: number;
}

/** What a call is told besides its input. */
export interface RunOptions {
  /** The time the operation is told, milliseconds since the epoch. */
  readonly now: number;
  /** Whose call it is, opaque: threads and places in the queue are shared fairly. */
  readonly fairnessKey?: string | undefined;
}

/** So many are kept while there is nothing to do. */
const MIN_THREADS = 2;
const IDLE_MS = 60_000;

/** What each export of the worker module takes and answers. */
type OperationTable = Record<string, (task: Task<never>) => Promise<Answer<unknown>>>;
type InputOf<Operation> = Operation extends (task: Task<infer Input>) => unknown ? Input : never;
type ResultOf<Operation> = Operation extends (task: never) => Promise<Answer<infer Result>> ? Result : never;

/**
 * Runs the exports of a module in a few threads. The first call starts the first two; idle ones beyond those end, and
 * none holds up the process. A thread that dies, or is ended because its call asks for too much, takes along that call
 * only: another takes its place. Of those who wait, whoever has the fewest threads is next.
 */
export class WorkerPool<Operations extends OperationTable> {
  readonly #options: WorkerPoolOptions;
  readonly #slots: Slots;
  readonly #closing = new AbortController();
  #pool: Promise<Piscina> | undefined;

  constructor(options: WorkerPoolOptions) {
    const { threads: limit, maxQueue: queue, maxWaitMs: waitMs, timer = systemClock } = options;
    this.#options = options;
    // Whoever waits listens for the end.
    setMaxListeners(0, this.#closing.signal);
    this.#slots = createSlots({ limit, queue, queuePerCaller: Math.ceil(queue / 2), waitMs }, timer);
  }

  /**
   * @param input bytes that stand in a field of it are handed over: the caller's array may be empty afterwards
   * @throws ProviderError what the operation refuses, `RATE_LIMITED`, `PROCESSING_LIMIT`
   */
  async run<Name extends keyof Operations & string>(
    name: Name,
    input: InputOf<Operations[Name]> & object,
    { now, fairnessKey }: RunOptions,
  ): Promise<ResultOf<Operations[Name]>> {
    const release = await this.#slots.acquire(this.#closing.signal, fairnessKey).catch((error: unknown) => {
      throw error instanceof QueueFullError ? new ProviderError('RATE_LIMITED', { message: BUSY }) : error;
    });
    try {
      return await this.#work(name, input, now);
    } finally {
      release();
    }
  }

  async #work<Name extends keyof Operations & string>(
    name: Name,
    input: InputOf<Operations[Name]> & object,
    now: number,
  ): Promise<ResultOf<Operations[Name]>> {
    const { timer = systemClock, maxWaitMs, budgetMs } = this.#options;
    const { port1: told, port2: taken } = new MessageChannel();
    const end = new AbortController();
    let ended = new ProviderError('RATE_LIMITED', { message: BUSY });
    // A thread that ended has left its place to one that begins.
    let cancel = timer.schedule(maxWaitMs, () => end.abort());
    told.once('message', () => {
      cancel();
      ended = new ProviderError('PROCESSING_LIMIT');
      cancel = timer.schedule(budgetMs, () => end.abort());
    });
    try {
      const answer = await this.#post<Answer<ResultOf<Operations[Name]>>>(
        name,
        { input, now, taken },
        end.signal,
      );
      if (answer.refused === undefined) return answer.value;
      throw toError(answer.refused);
    } catch (error) {
      if (end.signal.aborted) throw ended;
      if (isOutOfMemory(error)) throw new ProviderError('PROCESSING_LIMIT', { cause: error });
      throw error;
    } finally {
      cancel();
      told.close();
    }
  }

  async #post<Reply>(name: string, { input, now, taken }: Task<object>, signal: AbortSignal): Promise<Reply> {
    const pool = await this.#open();
    const { fields, transfer } = handOver(input);
    const task: Task<object> = { input: fields, now, taken };
    return (await pool.run(task, { name, signal, transferList: [...transfer, taken] })) as Reply;
  }

  /** Ends the threads at once; calls under way fail. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('The threads have ended.'));
    await (await this.#pool)?.destroy();
  }

  async #open(): Promise<Piscina> {
    this.#closing.signal.throwIfAborted();
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

async function startPool({ file, threads, memoryMiB, niceness = 10 }: WorkerPoolOptions): Promise<Piscina> {
  const { Piscina } = await import('piscina');
  const isSource = file.pathname.endsWith('.ts');
  return new Piscina({
    filename: file.href,
    ...(isSource ? { execArgv: ['--import', TYPESCRIPT.href] } : {}),
    // Without a lowest number none would follow one that died while calls wait for it.
    minThreads: Math.min(MIN_THREADS, threads),
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
    // Where processors are short, whoever waits for an answer comes first. Elsewhere it would slow down the process.
    niceIncrement: process.platform === 'linux' ? niceness : 0,
    // Nothing in there needs to know how this process was configured.
    env: {},
  });
}

function toError({ code, message, path, reason, others, trippedAt: cause }: Refusal): ProviderError {
  return new ProviderError(code, { message, path, reason, cause, others: others.map(toError) });
}
