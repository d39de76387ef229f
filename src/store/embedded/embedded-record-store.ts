import { z } from 'zod';
import type { Clock } from '../../clock.js';
import type { Logger } from '../../log.js';
import type { Count, ListPage, RecordStore, StoredRecord } from '../record-store.js';
import type { EmbeddedDatabase } from './database.js';
import { purgeEvery } from './purge.js';
import { rehearse } from './rehearse.js';

export interface EmbeddedRecordStoreOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds between two removals of what has expired. Default one minute. Expired things are never answered, purged or not. */
  readonly purgeEveryMs?: number;
}

// Removed at a time.
const SLICE = 500;
const COLUMNS = 'collection, owner, id, value, created_at, expires_at';

const recordRow = z
  .object({
    collection: z.string(),
    owner: z.string(),
    id: z.string(),
    value: z.string(),
    created_at: z.number(),
    expires_at: z.number().nullable(),
  })
  .transform(({ created_at, expires_at, ...rest }): StoredRecord => ({
    ...rest,
    createdAt: created_at,
    ...(expires_at === null ? {} : { expiresAt: expires_at }),
  }));

const countRow = z.object({ count: z.number(), expires_at: z.number() });

/** Records in the embedded database. Closing it leaves the database open: that belongs to whoever opened it. */
export class EmbeddedRecordStore implements RecordStore {
  readonly #database: EmbeddedDatabase;
  readonly #clock: Clock;
  readonly #stopPurge: () => void;

  constructor(database: EmbeddedDatabase, options: EmbeddedRecordStoreOptions) {
    this.#database = database;
    this.#clock = options.clock;
    const { clock, logger, purgeEveryMs: everyMs = 60_000 } = options;
    this.#stopPurge = purgeEvery({ clock, logger, everyMs, slice: () => this.#purge() });
  }

  async get(collection: string, owner: string, id: string): Promise<StoredRecord | undefined> {
    return this.#database.get(
      recordRow,
      `SELECT ${COLUMNS} FROM records
       WHERE collection = ? AND owner = ? AND id = ? AND (expires_at IS NULL OR expires_at > ?)`,
      collection,
      owner,
      id,
      this.#clock.now(),
    );
  }

  async getMany(
    collection: string,
    owner: string,
    ids: readonly string[],
  ): Promise<(StoredRecord | undefined)[]> {
    const found = this.#database.all(
      recordRow,
      `SELECT ${COLUMNS} FROM records
       WHERE collection = ? AND owner = ? AND id IN (SELECT value FROM json_each(?))
       AND (expires_at IS NULL OR expires_at > ?)`,
      collection,
      owner,
      JSON.stringify(ids),
      this.#clock.now(),
    );
    const byId = new Map(found.map((record) => [record.id, record]));
    return ids.map((id) => byId.get(id));
  }

  insert(record: StoredRecord): Promise<boolean> {
    return this.#database.write(() => this.#insert(record));
  }

  claim(record: StoredRecord): Promise<boolean> {
    return this.#database.write(() => {
      const isInserted = this.#insert(record);
      if (isInserted) rehearse(this.#database, record);
      return isInserted;
    });
  }

  #insert(record: StoredRecord): boolean {
    const changes = this.#database.run(
      `INSERT INTO records (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (collection, owner, id) DO UPDATE
       SET value = excluded.value, created_at = excluded.created_at, expires_at = excluded.expires_at
       WHERE records.expires_at <= ?`,
      ...columnsOf(record),
      this.#clock.now(),
    );
    return changes > 0;
  }

  put(record: StoredRecord, ifValue?: string): Promise<boolean> {
    return this.#database.write(() => this.#put(record, ifValue));
  }

  #put(record: StoredRecord, ifValue: string | undefined): boolean {
    if (ifValue === undefined) {
      this.#database.run(
        `INSERT OR REPLACE INTO records (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`,
        ...columnsOf(record),
      );
      return true;
    }
    const changes = this.#database.run(
      `UPDATE records SET value = ?, created_at = ?, expires_at = ?
       WHERE collection = ? AND owner = ? AND id = ? AND value = ? AND (expires_at IS NULL OR expires_at > ?)`,
      record.value,
      record.createdAt,
      record.expiresAt ?? null,
      record.collection,
      record.owner,
      record.id,
      ifValue,
      this.#clock.now(),
    );
    return changes > 0;
  }

  delete(collection: string, owner: string, id: string): Promise<boolean> {
    return this.#database.write(() => {
      const changes = this.#database.run(
        `DELETE FROM records
         WHERE collection = ? AND owner = ? AND id = ? AND (expires_at IS NULL OR expires_at > ?)`,
        collection,
        owner,
        id,
        this.#clock.now(),
      );
      return changes > 0;
    });
  }

  async list(
    collection: string,
    owner: string,
    options: { limit: number; after?: { createdAt: number; id: string } },
  ): Promise<ListPage> {
    const { limit, after } = options;
    const found = this.#database.all(
      recordRow,
      `SELECT ${COLUMNS} FROM records
       WHERE collection = ? AND owner = ? AND (expires_at IS NULL OR expires_at > ?)
       ${after ? 'AND (created_at, id) < (?, ?)' : ''}
       ORDER BY created_at DESC, id DESC LIMIT ?`,
      collection,
      owner,
      this.#clock.now(),
      ...(after ? [after.createdAt, after.id] : []),
      limit + 1,
    );
    return { records: found.slice(0, limit), hasMore: found.length > limit };
  }

  increment(counter: string, windowMs: number, by = 1): Promise<Count> {
    return this.#database.write(() => {
      const now = this.#clock.now();
      this.#database.run('DELETE FROM counters WHERE name = ? AND expires_at <= ?', counter, now);
      this.#database.run(
        `INSERT INTO counters (name, count, expires_at) VALUES (?, MAX(0, ?), ?)
         ON CONFLICT (name) DO UPDATE SET count = MAX(0, counters.count + ?)`,
        counter,
        by,
        now + windowMs,
        by,
      );
      const found = this.#database.get(
        countRow,
        'SELECT count, expires_at FROM counters WHERE name = ?',
        counter,
      );
      return { count: found?.count ?? 0, resetMs: (found?.expires_at ?? now + windowMs) - now };
    });
  }

  async close(): Promise<void> {
    this.#stopPurge();
  }

  #purge(): boolean {
    const now = this.#clock.now();
    const removed = [
      this.#database.run(
        `DELETE FROM records WHERE (collection, owner, id) IN
         (SELECT collection, owner, id FROM records WHERE expires_at <= ? LIMIT ?)`,
        now,
        SLICE,
      ),
      this.#database.run(
        'DELETE FROM counters WHERE name IN (SELECT name FROM counters WHERE expires_at <= ? LIMIT ?)',
        now,
        SLICE,
      ),
    ];
    this.#database.giveBackSpace();
    return removed.includes(SLICE);
  }
}

function columnsOf(record: StoredRecord): [string, string, string, string, number, number | null] {
  return [
    record.collection,
    record.owner,
    record.id,
    record.value,
    record.createdAt,
    record.expiresAt ?? null,
  ];
}
