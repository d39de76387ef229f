import type { Clock } from '../clock.js';
import { happenings } from '../happenings.js';
import type { LastingTrouble } from '../lasting-trouble.js';
import { ProviderError } from '../provider-error.js';
import { span } from '../spans.js';
import { encodeCursor, type Place } from './cursor.js';
import { EventReader, type HubEvent } from './event-reader.js';
import type { EventBus, WatchEvent, WatchHistory, WatchSpec, WatchStore } from './ports.js';

/** What may fail again and again, for many watches at once. */
export interface TopicTroubles {
  readonly reading: LastingTrouble;
  readonly interest: LastingTrouble;
  readonly leaving: LastingTrouble;
}

export interface TopicOptions {
  readonly store: WatchStore;
  readonly bus: EventBus;
  readonly clock: Clock;
  /** Of all watches of this process together. */
  readonly troubles: TopicTroubles;
  /** Milliseconds between two reads of the log that nothing has asked for. */
  readonly refreshEveryMs: number;
  /** How many events wait for a slow subscriber. */
  readonly bufferSize: number;
  /** Called when somebody is subscribed to a watch that was resting because nobody was. */
  readonly wakePoller: (spec: WatchSpec) => Promise<void>;
}

// So long after the last renewal a watch that rests unless somebody is subscribed begins to rest.
const INTEREST_IN_REFRESHES = 3;

/** One watch that somebody in this process is subscribed to: listened to once, read once per wake-up, however many they are. */
export class Topic {
  readonly #id: string;
  readonly #options: TopicOptions;
  readonly #onUnused: () => void;
  readonly #readers = new Set<EventReader>();
  readonly #listening: Promise<() => Promise<void>>;
  #joining = 0;
  #spec: WatchSpec | undefined;
  #latest: WatchEvent | undefined;
  /** Handed out up to here; undefined before the first read. */
  #sequence: number | undefined;
  #reading: Promise<void> = Promise.resolve();
  #nextReading: Promise<void> | undefined;
  readonly #since: number;
  #cancelTick: () => void;
  #stopping = false;
  #stopped = false;

  /** @param onUnused called once, when the last subscriber has left. */
  constructor(id: string, options: TopicOptions, onUnused: () => void) {
    this.#id = id;
    this.#options = options;
    this.#onUnused = onUnused;
    this.#listening = options.bus.listen(id, () => this.refreshSoon());
    this.#since = options.clock.now();
    this.#cancelTick = this.#scheduleTick();
  }

  get readers(): number {
    return this.#readers.size;
  }

  /**
   * A reader that begins with the current state, or behind the place `after`.
   * @throws {ProviderError} NOT_FOUND when there is no such watch.
   */
  async join(after: Place | undefined): Promise<EventReader> {
    this.#joining += 1;
    try {
      await this.#listening;
      return after === undefined ? await this.#joinNow() : await this.#joinAfter(after);
    } finally {
      this.#joining -= 1;
      this.#stopIfUnused();
    }
  }

  /** Reads the log again, without anybody waiting for it. */
  refreshSoon(): void {
    if (this.#stopped) return;
    const { reading } = this.#options.troubles;
    this.#refresh().then(
      () => reading.well(),
      (error: unknown) => reading.failed({ watch: this.#id, err: error }),
    );
  }

  /** Ends every reader. */
  stop(): void {
    this.#stopping = true;
    for (const reader of [...this.#readers]) reader.end();
    this.#stopIfUnused();
  }

  async #joinNow(): Promise<EventReader> {
    await this.#refresh();
    const reader = this.#addReader(0);
    if (this.#latest && this.#spec) reader.offer([asHubEvent(this.#spec, this.#latest)]);
    return reader;
  }

  async #joinAfter(after: Place): Promise<EventReader> {
    await this.#refresh();
    let history = await this.#read(after);
    // What was handed out while this was being read would be missing in between.
    while ((history.latest?.sequence ?? 0) < (this.#sequence ?? 0)) history = await this.#read(after);
    const reader = this.#addReader(after.sequence);
    reader.offer(newsOf(history));
    if (history.latest?.terminal) reader.end();
    return reader;
  }

  #addReader(lastSequence: number): EventReader {
    const reader = new EventReader(this.#options.bufferSize, lastSequence, () => {
      this.#readers.delete(reader);
      this.#stopIfUnused();
    });
    this.#readers.add(reader);
    if (this.#stopping) reader.end();
    return reader;
  }

  /** Resolves when what a read begun after this call has found is handed out. Calls meanwhile share one read. */
  #refresh(): Promise<void> {
    this.#nextReading ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#nextReading = undefined;
        this.#reading = this.#readAndHandOut();
        return this.#reading;
      });
    return this.#nextReading;
  }

  async #readAndHandOut(): Promise<void> {
    const place = this.#spec && { life: this.#spec.createdAt, sequence: this.#sequence ?? 0 };
    const history = await this.#read(place);
    const news = newsOf(history);
    this.#latest = history.latest;
    this.#sequence = history.latest?.sequence ?? 0;
    const isFirst = this.#spec === undefined;
    this.#spec = history.spec;
    for (const reader of [...this.#readers]) reader.offer(news);
    if (!isFirst) this.#tell(news);
    if (isFirst) await this.#keepInterest();
  }

  #tell(news: readonly HubEvent[]): void {
    const { kind } = this.#spec ?? {};
    if (kind === undefined) return;
    const now = this.#options.clock.now();
    const readers = this.#readers.size;
    for (const { event } of news) {
      // Late for those who were there to wait for it.
      const latencyMs = now - Math.max(event.observedAt, this.#since);
      happenings.event.tell({ kind, latencyMs, readers });
      const facts = { watch: this.#id, sequence: event.sequence, latencyMs, readers };
      span({ name: `event ${kind}`, facts, under: event.trace }, () => undefined);
    }
  }

  /** What is behind a place; of another life than that of the watch, nothing is behind it. */
  async #read(after: Place | undefined): Promise<WatchHistory> {
    const history = await this.#options.store.read(this.#id, after?.sequence);
    if (history && after && after.life !== history.spec.createdAt)
      return { ...history, since: [], truncated: true };
    if (history) return history;
    // Only what nobody is subscribed to is forgotten in good order.
    for (const reader of [...this.#readers]) reader.fail(new ProviderError('STREAM_LOST'));
    this.stop();
    throw new ProviderError('NOT_FOUND');
  }

  #scheduleTick(): () => void {
    return this.#options.clock.schedule(this.#options.refreshEveryMs, () => {
      this.refreshSoon();
      void this.#keepInterest();
      this.#cancelTick = this.#scheduleTick();
    });
  }

  async #keepInterest(): Promise<void> {
    if (!this.#spec?.onlyWhileSubscribed) return;
    const { store, clock, troubles, refreshEveryMs, wakePoller } = this.#options;
    try {
      const now = clock.now();
      const until = await store.interestUntil(this.#id);
      await store.keepInterest(this.#id, now + INTEREST_IN_REFRESHES * refreshEveryMs);
      // With some time to spare: a poll that is just deciding to rest may not see the renewal.
      if (until < now + refreshEveryMs) await wakePoller(this.#spec);
      troubles.interest.well();
    } catch (error) {
      troubles.interest.failed({ watch: this.#id, err: error });
    }
  }

  #stopIfUnused(): void {
    if (this.#stopped || this.#joining > 0 || this.#readers.size > 0) return;
    this.#stopped = true;
    this.#cancelTick();
    this.#onUnused();
    const { leaving } = this.#options.troubles;
    this.#listening
      .then((unlisten) => unlisten())
      .then(
        () => leaving.well(),
        (error: unknown) => leaving.failed({ watch: this.#id, err: error }),
      );
  }
}

function newsOf({ spec, latest, since, truncated }: WatchHistory): HubEvent[] {
  if (truncated) return latest ? [{ ...asHubEvent(spec, latest), truncated }] : [];
  return since.map((event) => asHubEvent(spec, event));
}

function asHubEvent({ id, createdAt: life }: WatchSpec, event: WatchEvent): HubEvent {
  return { event, cursor: encodeCursor(id, { life, sequence: event.sequence }), truncated: false };
}
