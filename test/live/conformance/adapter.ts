import assert from 'node:assert/strict';
import type { Clock } from '../../../src/clock.js';
import type { EventBus, WatchScheduler, WatchStore } from '../../../src/live/ports.js';

/** One process's view of an adapter under test, over data of its own. */
export interface AdapterUnderTest {
  readonly store: WatchStore;
  readonly scheduler: WatchScheduler;
  readonly bus: EventBus;
  readonly clock: Clock;
  /** Lets time pass: moves a manual clock, or waits. */
  advance(ms: number): Promise<void>;
  /** Ends this process without a goodbye, and answers the next one over the same data. */
  crash(): Promise<AdapterUnderTest>;
  close(): Promise<void>;
}

/** Opens adapters that keep `RETAINED_EVENTS` events of each watch. */
export interface AdapterFactory {
  readonly name: string;
  open(): Promise<AdapterUnderTest>;
}

/** What the adapters under test keep of each watch: few, so that a log is soon trimmed. */
export const RETAINED_EVENTS = 8;

/** Something every adapter must do. */
export interface ConformanceCase {
  /** A full sentence. */
  readonly promise: string;
  /** The naive control implementation must be seen to break it. */
  readonly naiveBreaks?: boolean;
  run(world: World): Promise<void>;
}

/** The adapter of one case, followed through its crashes, so that what is open last is what is closed. */
export class World {
  #adapter: AdapterUnderTest;

  constructor(adapter: AdapterUnderTest) {
    this.#adapter = adapter;
  }

  get adapter(): AdapterUnderTest {
    return this.#adapter;
  }

  async crash(): Promise<AdapterUnderTest> {
    this.#adapter = await this.#adapter.crash();
    return this.#adapter;
  }

  /** Lets time pass until `condition` holds, for at most `withinMs` of it. */
  async eventually(what: string, condition: () => boolean, withinMs = 10_000): Promise<void> {
    const { clock } = this.#adapter;
    for (const until = clock.now() + withinMs; !condition();) {
      assert.ok(clock.now() < until, `in time: ${what}`);
      await this.#adapter.advance(10);
    }
  }
}
