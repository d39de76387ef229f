import { availableParallelism } from 'node:os';
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
  /** Threads at the most. Default: one less than there are processors, 1 to 4. */
  readonly threads?: number;
  /** Calls that may wait for a thread; the next is refused. */
  readonly maxQueue: number;
  /** How long one call may wait and work, milliseconds. */
  readonly callTimeoutMs: number;
  /** How much memory JavaScript may use in one thread, MiB. */
  readonly memoryMiB: number;
}

const MAX_THREADS = 4;
const IDLE_MS = 60_000;

/** What each export of the worker module takes and answers. */
type OperationTable = Record<string, (task: Task<never>) => Promise<Answer<unknown>>>;
type InputOf<Operation> = Operation extends (task: Task<infer Input>) => unknown ? Input : never;
type ResultOf<Operation> = Operation extends (task: never) => Promise<Answer<infer Result>> ? Result : never;

/**
 * Runs the exports of a module in a few threads. The first call starts the first thread; idle ones end and hold up no
 * process. A thread that dies takes along its own call only.
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
   * @throws ProviderError what the operation refuses, `RATE_LIMITED`, `PROVIDER_TIMEOUT`
   */
  async run<Name extends keyof Operations & string>(
    name: Name,
    input: InputOf<Operations[Name]> & object,
  ): Promise<ResultOf<Operations[Name]>> {
    const { timer = systemClock, callTimeoutMs } = this.#options;
    const deadline = new AbortController();
    const cancel = timer.schedule(callTimeoutMs, () => deadline.abort());
    try {
      const answer = await this.#post<Answer<ResultOf<Operations[Name]>>>(name, input, deadline.signal);
      if (answer.refused === undefined) return answer.value;
      const { code, message, path } = answer.refused;
      throw new ProviderError(code, { message, path });
    } catch (error) {
      if (deadline.signal.aborted) throw new ProviderError('PROVIDER_TIMEOUT', { message: TOO_SLOW });
      throw error;
    } finally {
      cancel();
    }
  }

  async #post<Reply>(name: string, input: object, signal: AbortSignal): Promise<Reply> {
    const { clock, maxQueue } = this.#options;
    const pool = await this.#open();
    if (pool.queueSize >= maxQueue) throw new ProviderError('RATE_LIMITED', { message: BUSY });
    const { fields, transfer } = handOver(input);
    const task: Task<object> = { input: fields, now: clock.now() };
    return (await pool.run(task, { name, signal, transferList: transfer })) as Reply;
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
const TOO_SLOW = 'It took too long and was given up.';

async function startPool({ file, threads, maxQueue, memoryMiB }: WorkerPoolOptions): Promise<Piscina> {
  const { Piscina } = await import('piscina');
  const isSource = file.pathname.endsWith('.ts');
  return new Piscina({
    filename: file.href,
    ...(isSource ? { execArgv: ['--import', TYPESCRIPT.href] } : {}),
    // Without a lowest number none would follow one that died while calls wait for it.
    minThreads: 1,
    maxThreads: threads ?? Math.min(MAX_THREADS, Math.max(1, availableParallelism() - 1)),
    idleTimeout: IDLE_MS,
    maxQueue,
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
    // Where processors are short, whoever waits for an answer comes first. Elsewhere it would slow down the process.
    niceIncrement: process.platform === 'linux' ? 10 : 0,
    // Nothing in there needs to know how this process was configured.
    env: {},
  });
}
