import { setImmediate as breathe } from 'node:timers/promises';
import { EmbeddedEventBus } from '../../src/live/embedded/embedded-event-bus.js';
import { EmbeddedWatchScheduler } from '../../src/live/embedded/embedded-watch-scheduler.js';
import type {
  Commit,
  CommitOutcome,
  Known,
  WatchEvent,
  WatchHistory,
  WatchSpec,
  WatchStore,
} from '../../src/live/ports.js';
import { ownerKey } from '../../src/owner.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';
import type { AdapterFactory } from './conformance/adapter.js';

/**
 * What one would write first: read, compare, write, publish. No fence, no log, nothing atomic. It looks right and
 * passes wherever only one thing happens at a time; the suite must see through it.
 */
class NaiveWatchStore implements WatchStore {
  readonly #watches = new Map<string, { spec: WatchSpec; latest?: WatchEvent; interestUntil: number }>();

  constructor(readonly wake: (id: string) => void) {}

  async ensure(spec: WatchSpec, first?: Omit<WatchEvent, 'sequence'>): Promise<'created' | 'existing'> {
    if (this.#watches.has(spec.id)) return 'existing';
    this.#watches.set(spec.id, {
      spec,
      interestUntil: 0,
      ...(first ? { latest: { sequence: 1, ...first } } : {}),
    });
    this.wake(spec.id);
    return 'created';
  }

  async begin(id: string): ReturnType<WatchStore['begin']> {
    const watch = this.#watches.get(id);
    return watch && { fence: 1, spec: watch.spec, ...(watch.latest ? { latest: watch.latest } : {}) };
  }

  beginTurn(id: string): ReturnType<WatchStore['begin']> {
    return this.begin(id);
  }

  async keepTurn(): Promise<void> {}

  async endTurn(): Promise<void> {}

  async commit({ id, event }: Commit): Promise<CommitOutcome> {
    const watch = this.#watches.get(id);
    if (!watch) return { outcome: 'UNKNOWN' };
    const { latest } = watch;
    await breathe();
    if (JSON.stringify(latest?.state) === JSON.stringify(event.state)) return { outcome: 'SAME' };
    const sequence = (latest?.sequence ?? 0) + 1;
    watch.latest = { sequence, ...event };
    this.wake(id);
    return { outcome: 'NEW', sequence };
  }

  async read(id: string, afterSequence?: number): Promise<WatchHistory | undefined> {
    const watch = this.#watches.get(id);
    if (!watch) return undefined;
    const { spec, latest } = watch;
    const isNew = latest && afterSequence !== undefined && latest.sequence > afterSequence;
    return { spec, ...(latest ? { latest } : {}), since: isNew ? [latest] : [], truncated: false };
  }

  async readMany(ids: readonly string[]): Promise<(Known | undefined)[]> {
    return ids.map((id) => {
      const { latest } = this.#watches.get(id) ?? {};
      if (!latest) return undefined;
      const { changes: _changes, ...known } = latest;
      return known;
    });
  }

  async *activeOf(provider: string, owner: string): AsyncIterable<WatchSpec> {
    for await (const spec of this.active(provider)) if (ownerKey(spec.owner) === owner) yield spec;
  }

  async *active(provider: string): AsyncIterable<WatchSpec> {
    for (const { spec, latest } of this.#watches.values())
      if (spec.provider === provider && !latest?.terminal) yield spec;
  }

  async activeCount(provider: string): Promise<number> {
    return [...this.#watches.values()].filter(
      ({ spec, latest }) => spec.provider === provider && !latest?.terminal,
    ).length;
  }

  async keepInterest(id: string, untilMs: number): Promise<void> {
    const watch = this.#watches.get(id);
    if (watch) watch.interestUntil = Math.max(watch.interestUntil, untilMs);
  }

  async interestUntil(id: string): Promise<number> {
    return this.#watches.get(id)?.interestUntil ?? 0;
  }

  async close(): Promise<void> {}
}

/** The control: everything real but the store. */
export const naive: AdapterFactory = {
  name: 'naive',
  async open() {
    const clock = new ManualClock();
    const database = openDatabase(':memory:');
    const bus = new EmbeddedEventBus();
    const store = new NaiveWatchStore((id) => bus.wake(id));
    const scheduler = new EmbeddedWatchScheduler(database, { clock, logger: memoryLogger() });
    return {
      store,
      bus,
      scheduler,
      clock,
      advance: (ms) => clock.advance(ms),
      crash: () => Promise.reject(new Error('The control keeps nothing.')),
      async close() {
        // What it has broken may be in the middle of a poll, in time that stands still.
        void scheduler.close();
        await bus.close();
        database.close();
      },
    };
  },
};
