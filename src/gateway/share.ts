import { isAsyncIterable } from '@graphql-tools/utils';
import type { ExecutionResult } from '@graphql-tools/utils';
import type { Answer } from './answer.js';
import { ReaderQueue } from './reader-queue.js';

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
   */
  async join(key: string, start: () => Promise<Answer>): Promise<Answer> {
    let execution = this.#running.get(key);
    if (!execution) {
      const started = new SharedExecution(start, this.#queueLimit, () => {
        if (this.#running.get(key) === started) this.#running.delete(key);
      });
      this.#running.set(key, started);
      execution = started;
    }
    return execution.join();
  }
}

class SharedExecution {
  readonly #queueLimit: number;
  readonly #onEnd: () => void;
  readonly #readers = new Set<ReaderQueue<ExecutionResult>>();
  readonly #started: Promise<Answer>;
  #latest: ExecutionResult | undefined;
  #source: AsyncIterator<ExecutionResult> | undefined;
  #joining = 0;
  #ended: { failure?: { error: unknown } } | undefined;

  constructor(start: () => Promise<Answer>, queueLimit: number, onEnd: () => void) {
    this.#queueLimit = queueLimit;
    this.#onEnd = onEnd;
    this.#started = start();
    this.#started.catch(onEnd);
  }

  async join(): Promise<Answer> {
    this.#joining += 1;
    const answer = await this.#started.finally(() => (this.#joining -= 1));
    if (!isAsyncIterable(answer)) {
      this.#onEnd();
      return answer;
    }
    const reader = this.#addReader();
    if (!this.#source) void this.#pump((this.#source = answer[Symbol.asyncIterator]()));
    return reader;
  }

  #addReader(): ReaderQueue<ExecutionResult> {
    const reader = new ReaderQueue<ExecutionResult>({
      limit: this.#queueLimit,
      mustKeep: (result) => result.errors !== undefined,
      onLeave: async () => {
        this.#readers.delete(reader);
        if (this.#readers.size > 0 || this.#joining > 0) return;
        this.#onEnd();
        await this.#source?.return?.();
      },
    });
    if (this.#latest) reader.push(this.#latest);
    if (this.#ended) reader.end(this.#ended.failure);
    else this.#readers.add(reader);
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
