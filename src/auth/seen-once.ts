import type { Clock } from '../clock.js';

/** Remembers what may come only once, for as long as it could come again. */
export class SeenOnce {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();
  #nextSweepAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * False when it was seen before.
   * @param until milliseconds since the epoch, from when on it is refused for another reason
   */
  add(value: string, until: number): boolean {
    this.#sweep();
    if (this.#until.has(value)) return false;
    this.#until.set(value, until);
    return true;
  }

  #sweep(): void {
    const now = this.#clock.now();
    if (now < this.#nextSweepAt) return;
    for (const [value, until] of this.#until) if (until < now) this.#until.delete(value);
    this.#nextSweepAt = now + 1_000;
  }
}
