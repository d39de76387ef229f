import { z } from 'zod';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { PACKET_TYPES } from '../../src/providers/xqkeys/packet.js';
import type { PacketType } from '../../src/providers/xqkeys/packet.js';
import type { RecordStore, StoredRecord } from '../../src/store/record-store.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { Vault } from '../../src/vault/vault.js';

/** Collection of the records, for paging through them. */
export const KEY_COLLECTION = 'xqkeys.key';

const grant = z.object({
  address: z.string(),
  grantedAt: z.number(),
  revokedAt: z.number().nullable(),
});

/** Who may read a key, since when (milliseconds since the epoch), and until when, if that was taken back. */
export type Grant = z.infer<typeof grant>;

/** What is kept, sealed, of one key. */
export const keyRecord = z.object({
  type: z.enum(Object.keys(PACKET_TYPES) as [PacketType, ...PacketType[]]),
  subject: z.string().nullable(),
  labels: z.array(z.string()),
  isOneTime: z.boolean(),
  createdAt: z.number(),
  expiresAt: z.number(),
  revokedAt: z.number().nullable(),
  /** Session in which it was last followed: names the watch that knows it best. */
  watchedIn: z.string().nullable(),
  grants: z.array(grant),
});

/** What we know of a key that was made through this graph: the provider lists neither keys nor recipients. */
export type KeyRecord = z.infer<typeof keyRecord>;

export interface KeyBookOptions {
  readonly records: RecordStore;
  readonly vault: Vault;
  /** How long a key is remembered after its end, milliseconds. */
  readonly retentionMs: number;
}

/** Our own record of the keys each owner has made and of whom they were shared with; sealed, and without any key. */
export class KeyBook {
  readonly #sealed: SealedRecords<typeof keyRecord>;
  readonly #retentionMs: number;

  constructor({ retentionMs, ...options }: KeyBookOptions) {
    this.#sealed = new SealedRecords({ ...options, collection: KEY_COLLECTION, schema: keyRecord });
    this.#retentionMs = retentionMs;
  }

  /** Keeps a new one; one that is there already stays as it is. */
  async add(owner: Owner, locator: string, record: KeyRecord): Promise<void> {
    const { createdAt, expiresAt } = record;
    const times = { createdAt, expiresAt: expiresAt + this.#retentionMs };
    await this.#sealed.insert(ownerKey(owner), locator, record, times);
  }

  /** Undefined when it is unknown or somebody else's. */
  find(owner: Owner, locator: string): Promise<KeyRecord | undefined> {
    return this.#sealed.get(ownerKey(owner), locator);
  }

  findMany(owner: Owner, locators: readonly string[]): Promise<readonly (KeyRecord | undefined)[]> {
    return this.#sealed.getMany(ownerKey(owner), locators);
  }

  /** Undefined when it cannot be read. */
  read(record: StoredRecord): KeyRecord | undefined {
    return this.#sealed.read(record);
  }

  /** Changes a record, whoever else changes it at the same time; does nothing where there is none. */
  async update(owner: Owner, locator: string, change: (record: KeyRecord) => KeyRecord): Promise<void> {
    await this.#sealed.update(ownerKey(owner), locator, change);
  }
}

/** The grants after these addresses were let in. */
export function granted(grants: readonly Grant[], addresses: readonly string[], at: number): Grant[] {
  const added = new Set(addresses);
  return [
    ...grants.filter(({ address }) => !added.has(address)),
    ...[...added].map((address) => {
      const before = grants.find((one) => one.address === address && one.revokedAt === null);
      return before ?? { address, grantedAt: at, revokedAt: null };
    }),
  ];
}

/** The grants after these addresses were shut out. */
export function withdrawn(grants: readonly Grant[], addresses: readonly string[], at: number): Grant[] {
  return grants.map((one) =>
    one.revokedAt === null && addresses.includes(one.address) ? { ...one, revokedAt: at } : one,
  );
}
