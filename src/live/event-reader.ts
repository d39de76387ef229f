import { happenings } from '../happenings.js';
import type { Json, WatchEvent } from './ports.js';

/** One event of a watch as a subscriber gets it. */
export interface HubEvent<State extends Json = Json, Change extends Json = Json> {
  readonly event: WatchEvent<State, Change>;
  /** Hand it in as `after` to continue behind this event. */
  readonly cursor: string;
  /** Events before this one can no longer be told: continue from this state. */
  readonly truncated: boolean;
}

interface WaitingNext {
  resolve(result: IteratorResult<HubEvent, undefined>): void;
  reject(error: Error): void;
}

/**
 * What one subscriber reads from. Written by hand because `return()` must settle a `next()` that is waiting, which an
 * async generator does not do. A subscriber that reads too slowly finds the newest event in the last place of its full
 * buffer, so it sees the sequence jump but always gets to the current state, and to the end.
 */
export class EventReader implements AsyncIterableIterator<HubEvent> {
  readonly #limit: number;
  readonly #onLeave: () => void;
  #buffer: HubEvent[] = [];
  readonly #waiting: WaitingNext[] = [];
  #lastSequence: number;
  #ended = false;
  #failure: Error | undefined;

  /**
   * @param limit how many events wait for a slow subscriber before the newest takes the place of the one before it.
   * @param lastSequence what the subscriber has seen already.
   * @param onLeave called once, when the subscriber leaves or the last event was offered.
   */
  constructor(limit: number, lastSequence: number, onLeave: () => void) {
    this.#limit = limit;
    this.#lastSequence = lastSequence;
    this.#onLeave = onLeave;
  }

  /**
   * Hands on events, in order, but for those the subscriber has already. A terminal one in the last place ends the reader behind itself.
   * What comes at once is never too much at once: only events that come while the buffer is full are conflated.
   */
  offer(news: readonly HubEvent[]): void {
    const isFull = this.#buffer.length >= this.#limit;
    for (const offered of news) {
      if (this.#ended) return;
      const { sequence } = offered.event;
      // After a truncation the sequence may be lower: the watch was forgotten and began anew.
      const isKnown = offered.truncated ? sequence === this.#lastSequence : sequence <= this.#lastSequence;
      if (isKnown) continue;
      this.#lastSequence = sequence;
      const next = this.#waiting.shift();
      if (next) next.resolve({ value: offered, done: false });
      else this.#keep(offered, isFull);
    }
    // An end that something follows was not for good.
    if (news.at(-1)?.event.terminal) this.end();
  }

  /** Ends the reader behind what it holds. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const next of this.#waiting) next.resolve({ value: undefined, done: true });
    this.#onLeave();
  }

  /** Fails the reader behind what it holds: once, then it has ended. */
  fail(failure: Error): void {
    if (this.#ended) return;
    const next = this.#waiting.shift();
    if (next) next.reject(failure);
    else this.#failure = failure;
    this.end();
  }

  next(): Promise<IteratorResult<HubEvent, undefined>> {
    const value = this.#buffer.shift();
    if (value) {
      happenings.waiting.tell({ place: 'watch', more: -1 });
      return Promise.resolve({ value, done: false });
    }
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) return Promise.reject(failure);
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  return(): Promise<IteratorResult<HubEvent, undefined>> {
    if (this.#buffer.length > 0) happenings.waiting.tell({ place: 'watch', more: -this.#buffer.length });
    this.#buffer = [];
    this.#failure = undefined;
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }

  throw(error: unknown): Promise<IteratorResult<HubEvent, undefined>> {
    void this.return();
    return Promise.reject(error instanceof Error ? error : new Error('A subscription was broken off.'));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #keep(offered: HubEvent, isFull: boolean): void {
    const replaced = isFull ? this.#buffer.pop() : undefined;
    if (replaced) happenings.conflation.tell({ place: 'watch' });
    else happenings.waiting.tell({ place: 'watch', more: 1 });
    this.#buffer.push(replaced?.truncated ? { ...offered, truncated: true } : offered);
  }
}
