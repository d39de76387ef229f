import type { Clock } from '../../src/clock.js';
import type { Owner } from '../../src/owner.js';
import type { Access } from '../../src/providers/xqkeys/access.js';
import type { KeyState, KeyStatus } from '../../src/providers/xqkeys/key-watch.js';
import type { LiveReader } from '../../src/providers/xqkeys/live-reader.js';
import type { StoredRecord } from '../../src/store/record-store.js';
import type { KeyBook, KeyRecord } from './key-book.js';
import { expiryOf, keyOf } from './key-watches.js';
import type { KeyWatches } from './key-watches.js';

/** A key as one owner sees it. It never holds the key itself. */
export interface KnownKey {
  readonly locator: string;
  /** Null when nothing was seen of it yet. */
  readonly status: KeyStatus | null;
  /** Milliseconds since the epoch; null when nobody has said. */
  readonly expiresAt: number | null;
  /** Null for a key that this owner has not made through this graph. */
  readonly record: KeyRecord | null;
}

export interface KeyServiceOptions {
  readonly book: KeyBook;
  readonly watches: KeyWatches;
  readonly reader: LiveReader;
  readonly clock: Clock;
}

/** Keys that exist, as their owners see them, and what was done to them. */
export class KeyService {
  readonly #options: KeyServiceOptions;

  constructor(options: KeyServiceOptions) {
    this.#options = options;
  }

  /** Asks the provider where a key stands; null when it is unknown, or was never this owner's to read. */
  async find(owner: Owner, locator: string, toAccess: () => Promise<Access>): Promise<KnownKey | null> {
    const { book, reader } = this.#options;
    const record = (await book.find(owner, locator)) ?? null;
    if (record && record.revokedAt !== null) return this.#known(locator, record, undefined);
    const access = await toAccess();
    const state = await reader.keyState(access, keyOf(owner, access, locator, record));
    if (!record && state.status === 'REVOKED') return null;
    return { locator, status: state.status, expiresAt: expiryOf(record, state), record };
  }

  /** Those this owner has made, in order, as last observed; null for any other. No upstream call. */
  async recorded(owner: Owner, locators: readonly string[]): Promise<readonly (KnownKey | null)[]> {
    const records = await this.#options.book.findMany(owner, locators);
    return this.#join(
      owner,
      locators.map((locator, place) => ({ locator, record: records[place] })),
    );
  }

  /** The same for one; of a key of somebody else, its locator alone. */
  async recordedOrBare(owner: Owner, locator: string): Promise<KnownKey> {
    const [known] = await this.recorded(owner, [locator]);
    return known ?? { locator, status: null, expiresAt: null, record: null };
  }

  /** The keys behind stored records of this owner, in order. No upstream call. */
  join(owner: Owner, batch: readonly StoredRecord[]): Promise<readonly (KnownKey | null)[]> {
    const { book } = this.#options;
    return this.#join(
      owner,
      batch.map((stored) => ({ locator: stored.id, record: book.read(stored) })),
    );
  }

  /** A key as of an event of its life. */
  async at(owner: Owner, locator: string, state: KeyState): Promise<KnownKey> {
    const record = (await this.#options.book.find(owner, locator)) ?? null;
    return { locator, status: state.status, expiresAt: expiryOf(record, state), record };
  }

  /** Keeps, and tells, that people were let in or shut out. */
  async keepAccess(
    owner: Owner,
    access: Access,
    locator: string,
    change: (record: KeyRecord) => KeyRecord,
  ): Promise<KnownKey> {
    const { book, watches } = this.#options;
    await book.update(owner, locator, change);
    await watches.publish(owner, access, locator, (latest) => ({
      ...latest,
      accessChanges: latest.accessChanges + 1,
    }));
    return this.recordedOrBare(owner, locator);
  }

  /** Keeps what was added to the labels of a key. */
  async keepLabels(owner: Owner, locator: string, labels: readonly string[]): Promise<KnownKey> {
    await this.#options.book.update(owner, locator, (record) => ({
      ...record,
      labels: [...new Set([...record.labels, ...labels])],
    }));
    return this.recordedOrBare(owner, locator);
  }

  /** Keeps, and tells, that a key ended for everybody at that time, in milliseconds since the epoch. */
  async keepRevoked(owner: Owner, access: Access, locator: string, at: number): Promise<KnownKey> {
    const { book, watches } = this.#options;
    await book.update(owner, locator, (record) => ({
      ...record,
      revokedAt: record.revokedAt ?? at,
    }));
    await watches.publish(owner, access, locator, (latest) => ({ ...latest, status: 'REVOKED' }));
    return { ...(await this.recordedOrBare(owner, locator)), status: 'REVOKED' };
  }

  async #join(
    owner: Owner,
    found: readonly { readonly locator: string; readonly record: KeyRecord | undefined }[],
  ): Promise<readonly (KnownKey | null)[]> {
    const seen = await this.#options.watches.seen(owner, found);
    return found.map(({ locator, record }, place) =>
      record ? this.#known(locator, record, seen[place]) : null,
    );
  }

  #known(locator: string, record: KeyRecord, seen: KeyState | undefined): KnownKey {
    const { expiresAt } = record;
    const isOver = expiresAt <= this.#options.clock.now();
    const last = seen?.status ?? 'AVAILABLE';
    const status = record.revokedAt !== null ? 'REVOKED' : last === 'AVAILABLE' && isOver ? 'EXPIRED' : last;
    return { locator, status, expiresAt, record };
  }
}
