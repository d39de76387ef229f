import { happenings } from '../happenings.js';
import type { Flowing } from './flowing.js';

interface Waiting<T> {
  resolve(result: IteratorResult<T>): void;
  reject(error: unknown): void;
}

/** One reader's end of a shared execution: an iterator with a bounded queue. */
export class ReaderQueue<T> implements Flowing<T> {
  readonly #limit: number;
  readonly #mustKeep: (item: T) => boolean;
  readonly #onLeave: () => Promise<void>;
  readonly #items: T[] = [];
  #waiting: Waiting<T> | undefined;
  #take: ((item: T) => boolean) | undefined;
  #end: { error?: unknown } | undefined;

  /**
   * @param options.limit how many items wait for a slow reader; beyond that the oldest that may go are dropped.
   * @param options.mustKeep items that give way only to newer ones of their kind.
   * @param options.onLeave called once, when the reader stops before the end.
   */
  constructor(options: { limit: number; mustKeep: (item: T) => boolean; onLeave: () => Promise<void> }) {
    this.#limit = options.limit;
    this.#mustKeep = options.mustKeep;
    this.#onLeave = options.onLeave;
  }

  /** How many items wait to be read. */
  get size(): number {
    return this.#items.length;
  }

  push(item: T): void {
    if (this.#end) return;
    if (this.#take) {
      if (this.#items.length === 0 && this.#take(item)) return;
    } else {
      const waiting = this.#waiter();
      if (waiting) return waiting.resolve({ done: false, value: item });
    }
    this.#items.push(item);
    if (this.#items.length <= this.#limit) return tellWaiting(1);
    happenings.conflation.tell({ place: 'operation' });
    const oldest = this.#items.slice(0, -1).findIndex((queued) => !this.#mustKeep(queued));
    this.#items.splice(Math.max(0, oldest), 1);
  }

  /** What is queued is still read; then the iteration completes, or fails with the error when one is given. */
  end(failure?: { error: unknown }): void {
    if (this.#end) return;
    this.#end = failure ?? {};
    this.#settleWhenRead();
  }

  flow(take: (item: T) => boolean): void {
    this.#take = take;
    for (let [item] = this.#items; item !== undefined && take(item); [item] = this.#items) {
      this.#items.shift();
      tellWaiting(-1);
    }
    this.#settleWhenRead();
  }

  next(): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      const item = this.#take ? undefined : this.#items.shift();
      if (item !== undefined) {
        tellWaiting(-1);
        return resolve({ done: false, value: item });
      }
      this.#waiting = { resolve, reject };
      this.#settleWhenRead();
    });
  }

  async return(): Promise<IteratorResult<T>> {
    if (this.#items.length > 0) tellWaiting(-this.#items.length);
    this.#items.length = 0;
    if (!this.#end) {
      this.end();
      await this.#onLeave();
    }
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<T>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Tells a waiting reader of the end, as soon as everything before it was read. */
  #settleWhenRead(): void {
    if (!this.#end || this.#items.length > 0) return;
    const waiting = this.#waiter();
    if (waiting) this.#settle(waiting);
  }

  #waiter(): Waiting<T> | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }

  #settle({ resolve, reject }: Waiting<T>): void {
    const end = this.#end;
    this.#end = {};
    if (end && 'error' in end) reject(end.error);
    else resolve({ done: true, value: undefined });
  }
}

function tellWaiting(more: number): void {
  happenings.waiting.tell({ place: 'operation', more });
}
