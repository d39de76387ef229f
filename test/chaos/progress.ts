import { setTimeout as pause } from 'node:timers/promises';

/** Counts what readers get, so that the run goes on with it and not by the clock. */
export class Progress {
  count = 0;
  #waiting: { count: number; resolve: () => void } | undefined;

  add(): void {
    this.count += 1;
    if (this.#waiting && this.count >= this.#waiting.count) this.#waiting.resolve();
  }

  /** Resolves when so many events have been received, or after `limitMs`: while all is broken nothing is. */
  async reach(count: number, limitMs: number): Promise<void> {
    if (this.count >= count) return;
    await Promise.race([
      new Promise<void>((resolve) => (this.#waiting = { count, resolve })),
      pause(limitMs, undefined, { ref: false }),
    ]);
    this.#waiting = undefined;
  }
}
