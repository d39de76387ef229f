import type { Clock } from '../clock.js';
import { commitEvent, type Committed } from './commit-event.js';
import type { BoundKind, KindRegistry } from './kind-registry.js';
import { deadlineEvent, endEvent, observedEvent } from './next-event.js';
import type { WatchHistory, WatchStore } from './ports.js';
import type { Read, SharedReads } from './shared-reads.js';
import type { Turn, Turns } from './turns.js';
import { readingName } from './watch-id.js';

export interface WatchReaderOptions {
  readonly store: WatchStore;
  readonly kinds: KindRegistry;
  readonly clock: Clock;
  readonly turns: Turns;
  readonly shared: SharedReads;
}

/** What came of a read. */
export interface ReadAndCommitted extends Committed, Pick<Read, 'dueAt'> {}

/** A watch and its latest event. */
export type Refreshed = Pick<WatchHistory, 'spec' | 'latest'>;

// For so long a provider must say again and again that there is no such thing, where its kind does not say otherwise.
const NOT_FOUND_PATIENCE_MS = 60_000;
// How soon what was never seen is looked for again.
const UNSEEN_DELAY_MS = 1_000;

/** Reads watched things at their providers and commits what has changed: one read of a watch at a time. */
export class WatchReader {
  readonly #options: WatchReaderOptions;
  readonly #waiting = new Map<string, Promise<Refreshed | undefined>>();

  constructor(options: WatchReaderOptions) {
    this.#options = options;
  }

  /**
   * Reads in a turn and commits. When the deadline had passed before, what was read is the last word.
   * @param fresh what others have read before will not do
   * @throws what the read throws, PutOff and StoreUnavailableError
   */
  async read(turn: Turn, bound: BoundKind, fresh: boolean): Promise<ReadAndCommitted> {
    const { store, clock } = this.#options;
    const { kind } = bound;
    const { deadlineAt } = turn.spec;
    const isLast = deadlineAt !== undefined && clock.now() >= deadlineAt;
    const { reading, readAt, dueAt } = await this.#read(turn, bound, fresh || isLast);
    // Of what was never seen there is nothing to be patient about.
    const patienceMs = turn.latest === undefined ? 0 : (kind.notFoundPatienceMs ?? NOT_FOUND_PATIENCE_MS);
    const committed = await commitEvent(
      store,
      turn,
      (latest) => {
        if ('end' in reading) return endEvent(kind, latest, reading.end, 'POLL', readAt, reading.last);
        const observed = observedEvent(kind, latest, reading.state, 'POLL', readAt);
        return isLast && !observed.terminal ? deadlineEvent(kind, latest, observed.state, readAt) : observed;
      },
      patienceMs,
    );
    return { ...committed, ...(dueAt !== undefined && { dueAt }) };
  }

  /**
   * Reads as soon as it is this watch's turn; those who ask before that share the read. One that has ended for good is not
   * read. Undefined for an unknown watch.
   */
  refresh(id: string): Promise<Refreshed | undefined> {
    const waiting = this.#waiting.get(id) ?? this.#refresh(id);
    this.#waiting.set(id, waiting);
    return waiting;
  }

  async #refresh(id: string): Promise<Refreshed | undefined> {
    const { store, kinds, turns } = this.#options;
    const turn = await turns.take(id).finally(() => this.#waiting.delete(id));
    if (!turn) return undefined;
    try {
      const { latest, spec } = turn;
      if (latest?.terminal && latest.endReason !== 'NOT_FOUND') return { spec, latest };
      await this.read(turn, kinds.require(spec), true);
      return await store.read(id);
    } finally {
      await turn.giveBack();
    }
  }

  async #read({ spec, latest }: Turn, { kind, account, read }: BoundKind, fresh: boolean): Promise<Read> {
    const { clock, shared } = this.#options;
    const name = readingName(kind, account, spec.key);
    if (name === undefined) return { reading: await read(spec.key), readAt: clock.now() };
    return shared.read({
      name,
      fresh,
      read: () => read(spec.key),
      delayMs(reading) {
        const known = 'state' in reading ? reading : latest;
        return known ? kind.pollDelayMs(known.state, clock.now() - spec.createdAt) : UNSEEN_DELAY_MS;
      },
    });
  }
}
