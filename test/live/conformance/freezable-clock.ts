import type { Clock } from '../../../src/clock.js';

/** The clock of a process that can be frozen: then none of its timers runs until it is thawed. */
export class FreezableClock implements Clock {
  readonly #clock: Clock;
  #missed: (() => void)[] | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  schedule(delayMs: number, callback: () => void): () => void {
    let isCancelled = false;
    const run = (): void => {
      if (isCancelled) return;
      if (this.#missed) this.#missed.push(run);
      else callback();
    };
    const cancel = this.#clock.schedule(delayMs, run);
    return () => {
      isCancelled = true;
      cancel();
    };
  }

  freeze(): void {
    this.#missed = [];
  }

  thaw(): void {
    const missed = this.#missed ?? [];
    this.#missed = undefined;
    for (const run of missed) run();
  }
}
