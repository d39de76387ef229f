import { channel } from 'node:diagnostics_channel';
import type { z } from 'zod';
import type { RecordStore, StoredRecord } from '../store/record-store.js';
import { VaultError } from './vault.js';
import type { Vault } from './vault.js';

export interface SealedRecordsOptions<Schema extends z.ZodType> {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly collection: string;
  readonly schema: Schema;
}

/** When a record was made and when it ends, milliseconds since the epoch. */
export interface RecordTimes {
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** One record, opened. */
export interface OpenedRecord<Value> {
  readonly id: string;
  readonly createdAt: number;
  readonly value: Value;
}

/** What a record that was left out of an answer belongs to. */
export interface UnreadableRecord {
  readonly collection: string;
  readonly id: string;
  /** Its key is no longer in the ring, or it was changed or moved; or it holds something else than it should. */
  readonly reason: 'cannot be opened' | 'has another shape';
}

/**
 * Told every record that was left out because it could not be read, each time: whoever runs the process learns and
 * counts it here.
 */
export const unreadableRecords = channel('sealgraph.vault.unreadable');

/** Records of one collection whose values hold secrets: JSON, sealed where it lies. Nothing that was opened is kept. */
export class SealedRecords<Schema extends z.ZodType> {
  readonly #options: SealedRecordsOptions<Schema>;

  constructor(options: SealedRecordsOptions<Schema>) {
    this.#options = options;
  }

  /** Writes whether or not the id is taken. */
  async put(owner: string, id: string, value: z.infer<Schema>, times: RecordTimes): Promise<void> {
    await this.#options.records.put(this.#sealed(owner, id, value, times));
  }

  /** Atomic: false, and nothing written, when the id is taken. */
  insert(owner: string, id: string, value: z.infer<Schema>, times: RecordTimes): Promise<boolean> {
    return this.#options.records.insert(this.#sealed(owner, id, value, times));
  }

  /**
   * Writes what `change` makes of the value, atomically: when it was changed meanwhile, `change` is asked again, with
   * that value.
   * @param change answers undefined to leave it as it is
   * @param expiresAt what a changed value ends at; without it the end stays where it was
   * @returns the value written; undefined when there was none or none was to be written
   */
  async update(
    owner: string,
    id: string,
    change: (value: z.infer<Schema>) => z.infer<Schema> | undefined,
    expiresAt?: (value: z.infer<Schema>) => number,
  ): Promise<z.infer<Schema> | undefined> {
    const { records, collection } = this.#options;
    for (;;) {
      const record = await records.get(collection, owner, id);
      const value = record && this.#open(record);
      if (record === undefined || value === undefined) return undefined;
      const changed = change(value);
      if (changed === undefined) return undefined;
      const times = expiresAt ? { ...record, expiresAt: expiresAt(changed) } : record;
      if (await records.put({ ...times, value: this.#seal(owner, id, changed) }, record.value))
        return changed;
    }
  }

  /** Undefined when there is none, and when it can no longer be opened. */
  async get(owner: string, id: string): Promise<z.infer<Schema> | undefined> {
    const record = await this.#options.records.get(this.#options.collection, owner, id);
    return record && this.#open(record);
  }

  /** Several in the order of `ids`, asked for all at once; undefined where there is none that can be read. */
  async getMany(owner: string, ids: readonly string[]): Promise<(z.infer<Schema> | undefined)[]> {
    const found = await this.#options.records.getMany(this.#options.collection, owner, ids);
    return found.map((record) => record && this.read(record));
  }

  /** Newest first, without those that cannot be read; continues after the record `after` when given. */
  async list(
    owner: string,
    options: Parameters<RecordStore['list']>[2],
  ): Promise<{ readonly records: readonly OpenedRecord<z.infer<Schema>>[]; readonly hasMore: boolean }> {
    const records: OpenedRecord<z.infer<Schema>>[] = [];
    for (let { after } = options; ;) {
      const limit = options.limit - records.length;
      const page = await this.#options.records.list(this.#options.collection, owner, {
        limit,
        ...(after ? { after } : {}),
      });
      for (const record of page.records) {
        const value = this.read(record);
        if (value !== undefined) records.push({ id: record.id, createdAt: record.createdAt, value });
      }
      after = page.records.at(-1);
      if (!page.hasMore || records.length === options.limit) return { records, hasMore: page.hasMore };
    }
  }

  /** The value of a record of this collection, however it was found; undefined, and told, when it cannot be read. */
  read(record: StoredRecord): z.infer<Schema> | undefined {
    const text = this.#text(record);
    if (text === undefined) return undefined;
    const parsed = this.#options.schema.safeParse(text);
    if (parsed.success) return parsed.data;
    report(record, 'has another shape');
    return undefined;
  }

  /** @returns whether there was one. */
  delete(owner: string, id: string): Promise<boolean> {
    return this.#options.records.delete(this.#options.collection, owner, id);
  }

  #sealed(owner: string, id: string, value: z.infer<Schema>, times: RecordTimes): StoredRecord {
    const { collection } = this.#options;
    return { collection, owner, id, ...times, value: this.#seal(owner, id, value) };
  }

  #seal(owner: string, id: string, value: z.infer<Schema>): string {
    const { vault, collection } = this.#options;
    return vault.seal(JSON.stringify(value), { collection, owner, id });
  }

  /** @throws {ZodError} when it has another shape: asked for by itself, that is a fault, not a gap. */
  #open(record: StoredRecord): z.infer<Schema> | undefined {
    const text = this.#text(record);
    return text === undefined ? undefined : this.#options.schema.parse(text);
  }

  #text(record: StoredRecord): unknown {
    try {
      return JSON.parse(this.#options.vault.open(record.value, record));
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      report(record, 'cannot be opened');
      return undefined;
    }
  }
}

function report({ collection, id }: StoredRecord, reason: UnreadableRecord['reason']): void {
  unreadableRecords.publish({ collection, id, reason } satisfies UnreadableRecord);
}
