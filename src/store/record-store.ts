/** One stored thing. `value` is text the store never looks into; whatever is secret in it is sealed before it gets here. */
export interface StoredRecord {
  /** What sort of thing, for example `messaging2fa.message`. */
  readonly collection: string;
  /** `ownerKey()` of whom it belongs to. */
  readonly owner: string;
  readonly id: string;
  readonly value: string;
  /** Milliseconds since the epoch; lists are ordered by it, newest first. */
  readonly createdAt: number;
  /** Milliseconds since the epoch; from then on the record does not exist. */
  readonly expiresAt?: number;
}

export interface ListPage {
  readonly records: readonly StoredRecord[];
  readonly hasMore: boolean;
}

/** A counter as it stands. */
export interface Count {
  readonly count: number;
  readonly resetMs: number;
}

/** Small records that outlive the process: sent messages, sessions, idempotency results, attempt counters. */
export interface RecordStore {
  get(collection: string, owner: string, id: string): Promise<StoredRecord | undefined>;
  /** Several of one owner, in the order of `ids`, asked for all at once; undefined where there is none. */
  getMany(collection: string, owner: string, ids: readonly string[]): Promise<(StoredRecord | undefined)[]>;
  /** Atomic: false, and nothing written, when the id is taken. */
  insert(record: StoredRecord): Promise<boolean>;
  /**
   * Inserts what announces that something will be made that has to be kept and watched: refused also where that could
   * not be written.
   */
  claim(record: StoredRecord): Promise<boolean>;
  /** Writes whether or not the id is taken. With `ifValue`, atomically only while the stored value still is that; answers whether it wrote. */
  put(record: StoredRecord, ifValue?: string): Promise<boolean>;
  delete(collection: string, owner: string, id: string): Promise<boolean>;
  /** Newest first; continues after the record `after` when given. */
  list(
    collection: string,
    owner: string,
    options: { limit: number; after?: { createdAt: number; id: string } },
  ): Promise<ListPage>;
  /**
   * Atomically adds `by` (default 1, may be negative) to a counter that starts at 0, never falls below it, and vanishes
   * `windowMs` after its first increment; answers the new value, and in how many milliseconds it vanishes.
   */
  increment(counter: string, windowMs: number, by?: number): Promise<Count>;
  close(): Promise<void>;
}
