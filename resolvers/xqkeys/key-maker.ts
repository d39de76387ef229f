import { createHash } from 'node:crypto';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { lifetimeMs } from '../../src/providers/xqkeys/packet.js';
import type { Policy } from '../../src/providers/xqkeys/packet.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { Vault } from '../../src/vault/vault.js';
import { granted, keyRecord } from './key-book.js';
import type { KeyBook, KeyRecord } from './key-book.js';
import type { KnownKey } from './key.service.js';

/** How long a packet that is not stored yet is remembered, milliseconds; its validity is unpublished. */
const PACKET_MS = 3_600_000;

export interface KeyMakerOptions {
  readonly book: KeyBook;
  readonly records: RecordStore;
  readonly vault: Vault;
}

/**
 * Remembers of keys that were made what the provider will not tell again: what they are for, and for whom. `at` is when
 * they were made, in milliseconds since the epoch.
 */
export class KeyMaker {
  readonly #options: KeyMakerOptions;
  readonly #packets: SealedRecords<typeof keyRecord>;

  constructor(options: KeyMakerOptions) {
    this.#options = options;
    this.#packets = new SealedRecords({ ...options, collection: 'xqkeys.packet', schema: keyRecord });
  }

  /** Remembers what a packet is for, until it is stored. */
  async keepPacket(owner: Owner, packet: string, policy: Policy, at: number): Promise<string> {
    const times = { createdAt: at, expiresAt: at + PACKET_MS };
    await this.#packets.put(ownerKey(owner), nameOf(packet), newRecord(policy, [], at), times);
    return packet;
  }

  /** Remembers the key that a packet has become. */
  async keepStored(owner: Owner, locator: string, packet: string, at: number): Promise<KnownKey> {
    const sealed = await this.#packets.get(ownerKey(owner), nameOf(packet));
    if (!sealed) return { locator, status: 'AVAILABLE', expiresAt: null, record: null };
    const expiresAt = at + sealed.expiresAt - sealed.createdAt;
    return this.#keep(owner, locator, { ...sealed, createdAt: at, expiresAt });
  }

  /** Remembers keys that were stored under one policy. */
  async keepCreated(
    owner: Owner,
    locators: readonly string[],
    { labels = null, ...policy }: Policy & { readonly labels?: readonly string[] | null },
    at: number,
  ): Promise<readonly KnownKey[]> {
    const record = newRecord(policy, labels ?? [], at);
    return Promise.all(locators.map((locator) => this.#keep(owner, locator, record)));
  }

  async #keep(owner: Owner, locator: string, record: KeyRecord): Promise<KnownKey> {
    await this.#options.book.add(owner, locator, record);
    return { locator, status: 'AVAILABLE', expiresAt: record.expiresAt, record };
  }
}

function newRecord(policy: Policy, labels: readonly string[], createdAt: number): KeyRecord {
  return {
    type: policy.type,
    subject: policy.subject,
    labels: [...labels],
    isOneTime: policy.deleteOnReceipt,
    createdAt,
    expiresAt: createdAt + lifetimeMs(policy.lifetime),
    revokedAt: null,
    watchedIn: null,
    grants: granted([], policy.recipients, createdAt),
  };
}

/** Names a packet without giving it away. */
function nameOf(packet: string): string {
  return createHash('sha256').update(packet).digest('base64url');
}
