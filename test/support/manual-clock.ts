import type { Clock } from '../../src/clock.js';

interface Timer {
  readonly dueAt: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  #scheduled = 0;
  readonly #timers = new Set<Timer>();

  /** @param startAt milliseconds since the epoch; default 2026-03-01T10:00:00Z. */
  constructor(startAt = Date.UTC(2026, 2, 1, 10)) {
    this.#now = startAt;
  }

  /** How many callbacks wait for their time. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer: Timer = {
      dueAt: this.#now + Math.max(0, delayMs),
      order: this.#scheduled++,
      callback,
    };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /**
   * Moves time on by `ms` and runs what falls due on the way, in order, each at its own time. Promises and
   * immediates that follow from one callback settle before the next runs, so what they schedule takes part too.
   */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (let timer = this.#next(until); timer !== undefined; timer = this.#next(until)) {
      this.#timers.delete(timer);
      this.#now = timer.dueAt;
      timer.callback();
      await settle();
    }
    this.#now = until;
  }

  /** Moves time on to what falls due next, and runs that alone. */
  async step(): Promise<void> {
    const timer = this.#next(Infinity);
    if (timer === undefined) return;
    this.#timers.delete(timer);
    this.#now = timer.dueAt;
    timer.callback();
    await settle();
  }

  #next(until: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueAt > until) continue;
      if (
        next === undefined ||
        timer.dueAt < next.dueAt ||
        (timer.dueAt === next.dueAt && timer.order < next.order)
      )
        next = timer;
    }
    return next;
  }
}

// One turn of the event loop drains the microtasks; the further ones let immediates started by those run too.
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
