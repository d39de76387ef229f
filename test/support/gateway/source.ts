import { ReaderQueue } from '../../../src/gateway/reader-queue.js';
import { within } from './within.js';

/** A source of events whose open iterators can be counted: what a leak would leave behind. */
export class CountedSource<T> {
  readonly #readers = new Set<ReaderQueue<T>>();
  #waiting: (() => void)[] = [];
  /** How many iterators were ever opened. */
  opened = 0;

  /** How many iterators are open now. */
  get live(): number {
    return this.#readers.size;
  }

  publish(event: T): void {
    for (const reader of this.#readers) reader.push(event);
  }

  finish(): void {
    this.#end();
  }

  fail(error: unknown): void {
    this.#end({ error });
  }

  #end(failure?: { error: unknown }): void {
    for (const reader of this.#readers) reader.end(failure);
    this.#readers.clear();
    this.#notify();
  }

  /** Resolves once exactly that many iterators are open. */
  async untilLive(count: number): Promise<void> {
    while (this.live !== count) {
      const changed = new Promise<void>((resolve) => this.#waiting.push(resolve));
      await within(changed, `a change from ${this.live} to ${count} open iterators`);
    }
  }

  subscribe(first: readonly T[] = []): AsyncIterableIterator<T> {
    const reader = new ReaderQueue<T>({
      limit: 100_000,
      mustKeep: () => true,
      onLeave: async () => {
        this.#readers.delete(reader);
        this.#notify();
      },
    });
    for (const event of first) reader.push(event);
    this.#readers.add(reader);
    this.opened += 1;
    this.#notify();
    return reader;
  }

  #notify(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
