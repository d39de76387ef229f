import { z } from 'zod';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { PACKET_TYPES } from '../../src/providers/xqkeys/packet.js';
import type { PacketType } from '../../src/providers/xqkeys/packet.js';
import type { RecordStore, StoredRecord } from '../../src/store/record-store.js';
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
  readonly #options: KeyBookOptions;

  constructor(options: KeyBookOptions) {
    this.#options = options;
  }

  async add(owner: Owner, locator: string, record: KeyRecord): Promise<void> {
    await this.#options.records.put(this.#seal(ownerKey(owner), locator, record));
  }

  /** Undefined when it is unknown or somebody else's. */
  async find(owner: Owner, locator: string): Promise<KeyRecord | undefined> {
    const stored = await this.#options.records.get(KEY_COLLECTION, ownerKey(owner), locator);
    return stored && this.open(stored);
  }

  open({ collection, owner, id, value }: StoredRecord): KeyRecord {
    return keyRecord.parse(JSON.parse(this.#options.vault.open(value, { collection, owner, id })));
  }

  /** Changes a record, whoever else changes it at the same time; does nothing where there is none. */
  async update(owner: Owner, locator: string, change: (record: KeyRecord) => KeyRecord): Promise<void> {
    const { records } = this.#options;
    for (;;) {
      const stored = await records.get(KEY_COLLECTION, ownerKey(owner), locator);
      if (!stored) return;
      const changed = this.#seal(stored.owner, locator, change(this.open(stored)));
      if (await records.put(changed, stored.value)) return;
    }
  }

  #seal(owner: string, id: string, record: KeyRecord): StoredRecord {
    const place = { collection: KEY_COLLECTION, owner, id };
    return {
      ...place,
      value: this.#options.vault.seal(JSON.stringify(record), place),
      createdAt: record.createdAt,
      expiresAt: record.expiresAt + this.#options.retentionMs,
    };
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
