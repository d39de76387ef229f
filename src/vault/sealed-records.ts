import type { z } from 'zod';
import { VaultError } from './vault.js';
import type { Vault } from './vault.js';
import type { RecordStore } from '../store/record-store.js';

export interface SealedRecordsOptions<Schema extends z.ZodType> {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly collection: string;
  readonly schema: Schema;
}

/** Records of one collection whose values hold secrets: JSON, sealed where it lies. */
export class SealedRecords<Schema extends z.ZodType> {
  readonly #options: SealedRecordsOptions<Schema>;

  constructor(options: SealedRecordsOptions<Schema>) {
    this.#options = options;
  }

  /** @param times milliseconds since the epoch. */
  async put(
    owner: string,
    id: string,
    value: z.infer<Schema>,
    times: { readonly createdAt: number; readonly expiresAt: number },
  ): Promise<void> {
    const { records, vault, collection } = this.#options;
    const place = { collection, owner, id };
    await records.put({ ...place, ...times, value: vault.seal(JSON.stringify(value), place) });
  }

  /** Undefined when there is none, and when it can no longer be opened. */
  async get(owner: string, id: string): Promise<z.infer<Schema> | undefined> {
    const { records, vault, collection, schema } = this.#options;
    const record = await records.get(collection, owner, id);
    if (!record) return undefined;
    try {
      return schema.parse(JSON.parse(vault.open(record.value, { collection, owner, id })));
    } catch (error) {
      if (error instanceof VaultError) return undefined;
      throw error;
    }
  }

  /** @returns whether there was one. */
  delete(owner: string, id: string): Promise<boolean> {
    return this.#options.records.delete(this.#options.collection, owner, id);
  }
}
