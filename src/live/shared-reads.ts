import { z } from 'zod';
import type { Clock } from '../clock.js';
import { FailureCounts } from './failure-counts.js';
import { backoffMs, jitter, MAX_OUTAGE_BACKOFF_MS } from './poll-timing.js';
import type { Json, KeptReading, ReadingStore } from './ports.js';
import { ProviderError } from '../provider-error.js';
import { keepTurn, mayBeFree, TURN_MS } from './turn-keeping.js';
import type { Reading } from './watch-kind.js';

/** What was read, and when. */
export interface Read {
  readonly reading: Reading<Json>;
  /** Milliseconds since the epoch. */
  readonly readAt: number;
  /** Milliseconds since the epoch: when all who share it read again. Undefined for a read that is shared with nobody. */
  readonly dueAt?: number;
}

/** One read, made for whoever watches the same. */
export interface SharedRead {
  readonly name: string;
  /** Nothing that was read before will do. */
  readonly fresh: boolean;
  read(): Promise<Reading<Json>>;
  /** Milliseconds from this reading to the next one. */
  delayMs(reading: Reading<Json>): number;
}

/** Another's read of the same has failed just now: nobody reads again before `until`, epoch milliseconds. */
export class PutOff extends Error {
  override readonly name = 'PutOff';

  constructor(readonly until: number) {
    super('The last read has failed.');
  }
}

const kept = z.union([
  z.null(),
  z.object({
    readAt: z.number(),
    reading: z.union([
      z.object({ end: z.enum(['CREDENTIAL_EXPIRED', 'NOT_FOUND']) }),
      // Only ever applied to what JSON.parse made.
      z.object({ state: z.custom<Json>() }),
    ]),
  }),
]);

/** One read at a time and interval of what several owners watch with the one account, over all processes. */
export class SharedReads {
  readonly #readings: ReadingStore;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #running = new Map<string, Promise<void>>();
  readonly #failures = new FailureCounts();

  constructor(options: {
    readonly readings: ReadingStore;
    readonly clock: Clock;
    readonly random: () => number;
  }) {
    this.#readings = options.readings;
    this.#clock = options.clock;
    this.#random = options.random;
  }

  /**
   * What was read last, or is being read, or a read of its own when one is due.
   * @throws what the read throws, PutOff and StoreUnavailableError
   */
  async read(shared: SharedRead): Promise<Read> {
    const { name, fresh } = shared;
    for (;;) {
      const taken = await this.#readings.take(name, TURN_MS, fresh);
      if ('text' in taken) return readOf(taken);
      if ('fence' in taken) return this.#readInTurn(shared, taken.fence);
      await mayBeFree(this.#clock, this.#running.get(name));
    }
  }

  /** What was read before this is not told any more to anybody who did not know it. */
  forget(name: string): Promise<void> {
    return this.#readings.forget(name);
  }

  async #readInTurn(shared: SharedRead, fence: number): Promise<Read> {
    const { name } = shared;
    const stopKeeping = keepTurn(this.#clock, () => this.#readings.keepTurn(name, fence, TURN_MS));
    const reading = this.#read(shared, fence);
    const ended = reading.then(
      () => undefined,
      () => undefined,
    );
    this.#running.set(name, ended);
    try {
      return await reading;
    } finally {
      stopKeeping();
      if (this.#running.get(name) === ended) this.#running.delete(name);
    }
  }

  async #read(shared: SharedRead, fence: number): Promise<Read> {
    const { name } = shared;
    try {
      const reading = await shared.read();
      const readAt = this.#clock.now();
      const dueAt = readAt + jitter(shared.delayMs(reading), this.#random);
      this.#failures.succeeded(name);
      await this.#put(name, fence, { text: JSON.stringify({ reading, readAt }), dueAt });
      return { reading, readAt, dueAt };
    } catch (error) {
      const { retryAfterMs } = error instanceof ProviderError ? error : {};
      const failures = this.#failures.failed(name);
      const delayMs = backoffMs(failures, MAX_OUTAGE_BACKOFF_MS, retryAfterMs, this.#random);
      await this.#put(name, fence, { text: 'null', dueAt: this.#clock.now() + delayMs });
      throw error;
    }
  }

  /** Where it cannot be kept, the others read for themselves. */
  #put(name: string, fence: number, reading: KeptReading): Promise<void> {
    return this.#readings.put(name, fence, reading).catch(() => undefined);
  }
}

function readOf({ text, dueAt }: KeptReading): Read {
  const found = kept.parse(JSON.parse(text));
  if (found === null) throw new PutOff(dueAt);
  return { ...found, dueAt };
}
