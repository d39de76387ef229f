import { isAsyncIterable } from '@graphql-tools/utils';
import type { ExecutionResult } from '@graphql-tools/utils';
import type { Answer } from './answer.js';
import { ReaderQueue } from './reader-queue.js';
import type { SharedRight } from './shared-call.js';

/** Lets identical subscriptions read one execution. What is identical is the caller's decision: the key. */
export class Sharer {
  readonly #queueLimit: number;
  readonly #running = new Map<string, SharedExecution>();

  /** @param queueLimit events waiting for one slow reader, default 16. */
  constructor(queueLimit = 16) {
    this.#queueLimit = queueLimit;
  }

  /** Executions that run for at least one reader. */
  get size(): number {
    return this.#running.size;
  }

  /**
   * Joins the execution of that key, or starts it. A joiner reads the latest event first, so that it has the current
   * state at once. An answer that is no stream (a refused operation) goes to everyone who waited for it.
   * @param start is told how long the execution may go on, which changes as readers come and leave
   * @param expiresAt milliseconds since the epoch, until when this reader may read; undefined: always
   */
  async join(
    key: string,
    start: (right: SharedRight) => Promise<Answer>,
    expiresAt?: number,
  ): Promise<Answer> {
    let execution = this.#running.get(key);
    if (!execution) {
      const started = new SharedExecution(start, this.#queueLimit, () => {
        if (this.#running.get(key) === started) this.#running.delete(key);
      });
      this.#running.set(key, started);
      execution = started;
    }
    return execution.join(expiresAt);
  }
}

class SharedExecution implements SharedRight {
  readonly #start: (right: SharedRight) => Promise<Answer>;
  readonly #queueLimit: number;
  readonly #onEnd: () => void;
  readonly #readers = new Set<ReaderQueue<ExecutionResult>>();
  /** Of everybody who reads or is about to: until when they may. */
  readonly #rights = new Map<symbol, number | undefined>();
  #started: Promise<Answer> | undefined;
  #latest: ExecutionResult | undefined;
  #source: AsyncIterator<ExecutionResult> | undefined;
  #ended: { failure?: { error: unknown } } | undefined;

  constructor(start: (right: SharedRight) => Promise<Answer>, queueLimit: number, onEnd: () => void) {
    this.#start = start;
    this.#queueLimit = queueLimit;
    this.#onEnd = onEnd;
  }

  get expiresAt(): number | undefined {
    let latest = 0;
    for (const expiresAt of this.#rights.values()) {
      if (expiresAt === undefined) return undefined;
      latest = Math.max(latest, expiresAt);
    }
    return latest;
  }

  async join(expiresAt: number | undefined): Promise<Answer> {
    const reader = Symbol('reader');
    this.#rights.set(reader, expiresAt);
    const answer = await this.#answer();
    if (isAsyncIterable(answer)) return this.#read(answer, () => this.#rights.delete(reader));
    this.#onEnd();
    return answer;
  }

  async #answer(): Promise<Answer> {
    try {
      return await (this.#started ??= this.#start(this));
    } catch (error) {
      this.#onEnd();
      throw error;
    }
  }

  #read(answer: AsyncIterable<ExecutionResult>, giveUp: () => void): ReaderQueue<ExecutionResult> {
    const reader = new ReaderQueue<ExecutionResult>({
      limit: this.#queueLimit,
      mustKeep: (result) => result.errors !== undefined,
      onLeave: async () => {
        giveUp();
        this.#readers.delete(reader);
        if (this.#rights.size > 0) return;
        this.#onEnd();
        await this.#source?.return?.();
      },
    });
    if (this.#latest) reader.push(this.#latest);
    if (this.#ended) reader.end(this.#ended.failure);
    else this.#readers.add(reader);
    if (!this.#source) void this.#pump((this.#source = answer[Symbol.asyncIterator]()));
    return reader;
  }

  async #pump(source: AsyncIterator<ExecutionResult>): Promise<void> {
    let ended: { failure?: { error: unknown } } = {};
    try {
      for (let step = await source.next(); !step.done; step = await source.next()) {
        this.#latest = step.value;
        for (const reader of this.#readers) reader.push(step.value);
      }
    } catch (error) {
      ended = { failure: { error } };
    }
    this.#ended = ended;
    this.#onEnd();
    for (const reader of this.#readers) reader.end(ended.failure);
    this.#readers.clear();
  }
}
