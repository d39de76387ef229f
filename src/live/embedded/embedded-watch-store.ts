import { z } from 'zod';
import type { Clock } from '../../clock.js';
import type { Logger } from '../../log.js';
import { ownerOf } from '../../owner.js';
import type { EmbeddedDatabase } from '../../store/embedded/database.js';
import { purgeEvery } from '../../store/embedded/purge.js';
import { mayFollow } from '../may-follow.js';
import {
  decodeEvent,
  decodeKnown,
  decodeSpec,
  encodeEvent,
  encodeSpec,
  eventFingerprint,
} from '../event-codec.js';
import type {
  Begun,
  Commit,
  CommitOutcome,
  Known,
  WatchEvent,
  WatchHistory,
  WatchSpec,
  WatchStore,
} from '../ports.js';

export interface EmbeddedWatchStoreOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called after an event of a watch was written. */
  readonly wake: (id: string) => void;
  /** How many of its newest events each watch keeps. Default 128. */
  readonly retainedEvents?: number;
  /** Milliseconds a finished watch, or one that rests because nobody is subscribed, is kept. Default 24 hours. */
  readonly retentionMs?: number;
  /** Milliseconds between two removals of what is past its retention. Default one minute. */
  readonly purgeEveryMs?: number;
}

const watchRow = z.object({
  spec: z.string().transform(decodeSpec),
  fence: z.number(),
  committed_fence: z.number(),
  interest_until: z.number(),
});
const countRow = z.object({ count: z.number() });
const specRow = z.object({ spec: z.string().transform(decodeSpec) }).transform(({ spec }) => spec);
const eventRow = z
  .object({ sequence: z.number(), event: z.string() })
  .transform(({ sequence, event }) => decodeEvent(sequence, event));

const knownRow = z
  .object({ watch: z.string(), sequence: z.number(), event: z.string() })
  .transform(({ watch, sequence, event }) => [watch, decodeKnown(sequence, event)] as const);

const PAGE = 500;
// Removed at a time: so many watches, and no further one once so many events went with them.
const SLICE = 50;
const EVENTS_IN_SLICE = 500;

/** Watches and their logs in the embedded database. Closing it leaves the database open. */
export class EmbeddedWatchStore implements WatchStore {
  readonly #database: EmbeddedDatabase;
  readonly #clock: Clock;
  readonly #wake: (id: string) => void;
  readonly #retainedEvents: number;
  readonly #retentionMs: number;
  /** Who has the turn of a watch until when, and since when one has been missing: no longer than this process lives. */
  readonly #turns = new Map<string, { fence: number | undefined; until: number }>();
  readonly #missing = new Map<string, number>();
  readonly #stopPurge: () => void;

  constructor(database: EmbeddedDatabase, options: EmbeddedWatchStoreOptions) {
    this.#database = database;
    this.#clock = options.clock;
    this.#wake = options.wake;
    this.#retainedEvents = options.retainedEvents ?? 128;
    this.#retentionMs = options.retentionMs ?? 24 * 60 * 60_000;
    const { clock, logger, purgeEveryMs: everyMs = 60_000 } = options;
    this.#stopPurge = purgeEvery({ clock, logger, everyMs, slice: () => this.#purge() });
  }

  async ensure(spec: WatchSpec, first?: Omit<WatchEvent, 'sequence'>): Promise<'created' | 'existing'> {
    const created = await this.#database.write(() => {
      const changes = this.#database.run(
        `INSERT INTO watches (id, provider, spec, created_at, only_while_subscribed, ended_at)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO NOTHING`,
        spec.id,
        spec.provider,
        encodeSpec(spec),
        spec.createdAt,
        spec.onlyWhileSubscribed ? 1 : 0,
        first?.terminal ? this.#clock.now() : null,
      );
      if (changes > 0 && first) this.#append(spec.id, 1, first);
      return changes > 0;
    });
    if (created && first) this.#wake(spec.id);
    return created ? 'created' : 'existing';
  }

  async beginTurn(id: string, forMs: number): Promise<Begun | { heldForMs: number } | undefined> {
    const now = this.#clock.now();
    const heldForMs = (this.#turns.get(id)?.until ?? now) - now;
    if (heldForMs > 0) return { heldForMs };
    // Taken at once; its fence is known a little later.
    const turn: { fence: number | undefined; until: number } = { fence: undefined, until: now + forMs };
    this.#turns.set(id, turn);
    try {
      const begun = await this.begin(id);
      turn.fence = begun?.fence;
      return begun;
    } finally {
      if (turn.fence === undefined && this.#turns.get(id) === turn) this.#turns.delete(id);
    }
  }

  async keepTurn(id: string, fence: number, forMs: number): Promise<void> {
    const turn = this.#turns.get(id);
    if (turn?.fence === fence) turn.until = this.#clock.now() + forMs;
  }

  async endTurn(id: string, fence: number): Promise<void> {
    if (this.#turns.get(id)?.fence === fence) this.#turns.delete(id);
  }

  begin(id: string): Promise<Begun | undefined> {
    return this.#database.write(() => {
      this.#database.run('UPDATE watches SET fence = fence + 1 WHERE id = ?', id);
      const watch = this.#watch(id);
      return watch && { fence: watch.fence, spec: watch.spec, ...this.#latest(id) };
    });
  }

  async commit(commit: Commit): Promise<CommitOutcome> {
    const outcome = await this.#database.write((): CommitOutcome => {
      const watch = this.#watch(commit.id);
      if (!watch) return { outcome: 'UNKNOWN' };
      const { latest } = this.#latest(commit.id);
      if (!mayFollow(latest, commit.event)) return { outcome: 'ENDED' };
      const isEarlier = commit.fence < watch.committed_fence;
      if (isEarlier && commit.event.endReason !== 'FINISHED') return { outcome: 'STALE' };
      const sequence = latest?.sequence ?? 0;
      if (commit.expectedSequence !== sequence) return { outcome: 'CONFLICT' };
      this.#database.run(
        'UPDATE watches SET committed_fence = MAX(committed_fence, ?) WHERE id = ?',
        commit.fence,
        commit.id,
      );
      if (this.#isMissing(commit)) return { outcome: 'MISSING' };
      if (latest && eventFingerprint(latest) === eventFingerprint(commit.event)) return { outcome: 'SAME' };
      this.#append(commit.id, sequence + 1, commit.event);
      if (commit.event.terminal || latest?.terminal)
        this.#database.run(
          'UPDATE watches SET ended_at = ? WHERE id = ?',
          commit.event.terminal ? this.#clock.now() : null,
          commit.id,
        );
      return { outcome: 'NEW', sequence: sequence + 1 };
    });
    if (outcome.outcome === 'NEW') this.#wake(commit.id);
    if (outcome.outcome !== 'CONFLICT') await this.endTurn(commit.id, commit.fence);
    return outcome;
  }

  async read(id: string, afterSequence?: number): Promise<WatchHistory | undefined> {
    const watch = this.#watch(id);
    if (!watch) return undefined;
    const { spec } = watch;
    const latest = this.#latest(id);
    const newest = latest.latest?.sequence ?? 0;
    if (afterSequence === undefined || afterSequence === newest)
      return { spec, ...latest, since: [], truncated: false };
    const since = this.#database.all(
      eventRow,
      'SELECT sequence, event FROM events WHERE watch = ? AND sequence > ? ORDER BY sequence',
      id,
      afterSequence,
    );
    if (since[0]?.sequence !== afterSequence + 1) return { spec, ...latest, since: [], truncated: true };
    return { spec, ...latest, since, truncated: false };
  }

  async readMany(ids: readonly string[]): Promise<(Known | undefined)[]> {
    const found = this.#database.all(
      knownRow,
      `SELECT watch, MAX(sequence) AS sequence, event FROM events
       WHERE watch IN (SELECT value FROM json_each(?)) GROUP BY watch`,
      JSON.stringify(ids),
    );
    const known = new Map(found);
    return ids.map((id) => known.get(id));
  }

  active(provider: string): AsyncIterable<WatchSpec> {
    return this.#pages('provider = ?', provider);
  }

  activeOf(provider: string, owner: string): AsyncIterable<WatchSpec> {
    const { tenant, subject } = ownerOf(owner);
    return this.#pages(
      `provider = ? AND json_extract(spec, '$.owner.tenant') = ? AND json_extract(spec, '$.owner.subject') = ?`,
      provider,
      tenant,
      subject,
    );
  }

  async activeCount(provider: string): Promise<number> {
    const [found] = this.#database.all(
      countRow,
      'SELECT COUNT(*) AS count FROM watches WHERE provider = ? AND ended_at IS NULL',
      provider,
    );
    return found?.count ?? 0;
  }

  async keepInterest(id: string, untilMs: number): Promise<void> {
    await this.#database.write(() =>
      this.#database.run(
        'UPDATE watches SET interest_until = ? WHERE id = ? AND interest_until < ?',
        untilMs,
        id,
        untilMs,
      ),
    );
  }

  async interestUntil(id: string): Promise<number> {
    return this.#watch(id)?.interest_until ?? 0;
  }

  async close(): Promise<void> {
    this.#stopPurge();
  }

  /** Those that have not ended and of which `condition` holds, a page at a time. */
  async *#pages(condition: string, ...values: string[]): AsyncIterable<WatchSpec> {
    for (let after = ''; ;) {
      const page = this.#database.all(
        specRow,
        `SELECT spec FROM watches WHERE ${condition} AND ended_at IS NULL AND id > ? ORDER BY id LIMIT ?`,
        ...values,
        after,
        PAGE,
      );
      yield* page;
      if (page.length < PAGE) return;
      after = page.at(-1)?.id ?? '';
    }
  }

  #watch(id: string): z.output<typeof watchRow> | undefined {
    return this.#database.get(
      watchRow,
      'SELECT spec, fence, committed_fence, interest_until FROM watches WHERE id = ?',
      id,
    );
  }

  #latest(id: string): { latest?: WatchEvent } {
    const latest = this.#database.get(
      eventRow,
      'SELECT sequence, event FROM events WHERE watch = ? ORDER BY sequence DESC LIMIT 1',
      id,
    );
    return latest ? { latest } : {};
  }

  #append(id: string, sequence: number, event: Omit<WatchEvent, 'sequence'>): void {
    this.#database.run(
      'INSERT INTO events (watch, sequence, event) VALUES (?, ?, ?)',
      id,
      sequence,
      encodeEvent(event),
    );
    if (sequence > this.#retainedEvents)
      this.#database.run(
        'DELETE FROM events WHERE watch = ? AND sequence <= ?',
        id,
        sequence - this.#retainedEvents,
      );
  }

  /** Whether the commit says that there is no such thing, and has not been saying so for long enough. */
  #isMissing({ id, event, patienceMs = 0 }: Commit): boolean {
    const now = this.#clock.now();
    const since = this.#missing.get(id) ?? now;
    const isMissing = event.endReason === 'NOT_FOUND' && now - since < patienceMs;
    if (isMissing) this.#missing.set(id, since);
    else this.#missing.delete(id);
    return isMissing;
  }

  #purge(): boolean {
    const before = this.#clock.now() - this.#retentionMs;
    const forgotten = this.#database.all(
      z.object({ id: z.string(), provider: z.string() }),
      `SELECT id, provider FROM watches WHERE ended_at <= ?
       UNION ALL
       SELECT id, provider FROM watches
       WHERE ended_at IS NULL AND only_while_subscribed = 1 AND MAX(created_at, interest_until) <= ?
       LIMIT ?`,
      before,
      before,
      SLICE,
    );
    let events = 0;
    this.#database.transaction(() => {
      for (const { id, provider } of forgotten) {
        if (events >= EVENTS_IN_SLICE) return;
        events += this.#database.run('DELETE FROM events WHERE watch = ?', id);
        this.#database.run('DELETE FROM polls WHERE provider = ? AND watch = ?', provider, id);
        this.#database.run('DELETE FROM watches WHERE id = ?', id);
        this.#missing.delete(id);
      }
    });
    this.#database.giveBackSpace();
    return forgotten.length === SLICE || events >= EVENTS_IN_SLICE;
  }
}
