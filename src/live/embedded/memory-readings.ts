import type { Clock } from '../../clock.js';
import type { KeptReading, ReadingStore } from '../ports.js';

interface Entry {
  /** The last that was handed out. */
  fence: number;
  turn?: { readonly fence: number; readonly until: number } | undefined;
  reading?: KeptReading & { readonly fence: number };
  /** Readings of no higher fence are forgotten. */
  forgotten: number;
}

/** Readings of one process, which last no longer than it does. */
export class MemoryReadings implements ReadingStore {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async take(
    name: string,
    forMs: number,
    fresh: boolean,
  ): Promise<KeptReading | { fence: number } | { heldForMs: number }> {
    const now = this.#clock.now();
    const entry = this.#entries.get(name) ?? { fence: 0, forgotten: 0 };
    const { reading, turn } = entry;
    if (!fresh && reading && reading.fence > entry.forgotten && reading.dueAt > now)
      return { text: reading.text, dueAt: reading.dueAt };
    if (turn && turn.until > now) return { heldForMs: turn.until - now };
    entry.fence += 1;
    entry.turn = { fence: entry.fence, until: now + forMs };
    // What was asked for last is last.
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    this.#removeWhatIsOver(now);
    return { fence: entry.fence };
  }

  async keepTurn(name: string, fence: number, forMs: number): Promise<void> {
    const entry = this.#inTurn(name, fence);
    if (entry) entry.turn = { fence, until: this.#clock.now() + forMs };
  }

  async endTurn(name: string, fence: number): Promise<void> {
    const entry = this.#inTurn(name, fence);
    if (entry) entry.turn = undefined;
  }

  async put(name: string, fence: number, reading: KeptReading): Promise<void> {
    const entry = this.#inTurn(name, fence);
    if (!entry) return;
    entry.reading = { ...reading, fence };
    entry.turn = undefined;
  }

  async forget(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    if (entry) entry.forgotten = entry.fence;
  }

  #inTurn(name: string, fence: number): Entry | undefined {
    const entry = this.#entries.get(name);
    return entry?.turn?.fence === fence ? entry : undefined;
  }

  /** Of those that were not asked for the longest, up to the first that may still be wanted. */
  #removeWhatIsOver(now: number): void {
    for (const [name, { turn, reading }] of this.#entries) {
      if (turn || (reading && reading.dueAt > now)) return;
      this.#entries.delete(name);
    }
  }
}
