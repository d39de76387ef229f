import type { Clock } from '../clock.js';
import { commitEvent, type Committed } from './commit-event.js';
import type { BoundKind, KindRegistry } from './kind-registry.js';
import { deadlineEvent, endEvent, observedEvent } from './next-event.js';
import type { WatchHistory, WatchStore } from './ports.js';
import type { Turn, Turns } from './turns.js';

export interface WatchReaderOptions {
  readonly store: WatchStore;
  readonly kinds: KindRegistry;
  readonly clock: Clock;
  readonly turns: Turns;
}

/** A watch and its latest event. */
export type Refreshed = Pick<WatchHistory, 'spec' | 'latest'>;

// For so long a provider must say again and again that there is no such thing, where its kind does not say otherwise.
const NOT_FOUND_PATIENCE_MS = 60_000;

/** Reads watched things at their providers and commits what has changed: one read of a watch at a time. */
export class WatchReader {
  readonly #options: WatchReaderOptions;
  readonly #waiting = new Map<string, Promise<Refreshed | undefined>>();

  constructor(options: WatchReaderOptions) {
    this.#options = options;
  }

  /**
   * Reads in a turn and commits. When the deadline had passed before, what was read is the last word.
   * @throws what the read throws, and StoreUnavailableError
   */
  async read(turn: Turn, { kind, read }: BoundKind): Promise<Committed> {
    const { store, clock } = this.#options;
    const { deadlineAt, key } = turn.spec;
    const isLast = deadlineAt !== undefined && clock.now() >= deadlineAt;
    const reading = await read(key);
    const now = clock.now();
    // Of what was never seen there is nothing to be patient about.
    const patienceMs = turn.latest === undefined ? 0 : (kind.notFoundPatienceMs ?? NOT_FOUND_PATIENCE_MS);
    return commitEvent(
      store,
      turn,
      (latest) => {
        if ('end' in reading) return endEvent(kind, latest, reading.end, 'POLL', now);
        const observed = observedEvent(kind, latest, reading.state, 'POLL', now);
        return isLast && !observed.terminal ? deadlineEvent(kind, latest, observed.state, now) : observed;
      },
      patienceMs,
    );
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
      await this.read(turn, kinds.require(spec));
      return await store.read(id);
    } finally {
      await turn.giveBack();
    }
  }
}
