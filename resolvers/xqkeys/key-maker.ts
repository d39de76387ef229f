import { createHash } from 'node:crypto';
import type { Clock } from '../../src/clock.js';
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
  readonly clock: Clock;
}

/** Remembers of keys that were made what the provider will not tell again: what they are for, and for whom. */
export class KeyMaker {
  readonly #options: KeyMakerOptions;
  readonly #packets: SealedRecords<typeof keyRecord>;

  constructor(options: KeyMakerOptions) {
    this.#options = options;
    this.#packets = new SealedRecords({ ...options, collection: 'xqkeys.packet', schema: keyRecord });
  }

  /** Remembers what a packet is for, until it is stored. */
  async keepPacket(owner: Owner, packet: string, policy: Policy): Promise<string> {
    const createdAt = this.#options.clock.now();
    const times = { createdAt, expiresAt: createdAt + PACKET_MS };
    await this.#packets.put(ownerKey(owner), nameOf(packet), this.#record(policy, []), times);
    return packet;
  }

  /** Remembers the key that a packet has become. */
  async keepStored(owner: Owner, locator: string, packet: string): Promise<KnownKey> {
    const sealed = await this.#packets.get(ownerKey(owner), nameOf(packet));
    if (!sealed) return { locator, status: 'AVAILABLE', expiresAt: null, record: null };
    const createdAt = this.#options.clock.now();
    const expiresAt = createdAt + sealed.expiresAt - sealed.createdAt;
    return this.#keep(owner, locator, { ...sealed, createdAt, expiresAt });
  }

  /** Remembers keys that were stored under one policy. */
  async keepCreated(
    owner: Owner,
    locators: readonly string[],
    { labels = null, ...policy }: Policy & { readonly labels?: readonly string[] | null },
  ): Promise<readonly KnownKey[]> {
    const record = this.#record(policy, labels ?? []);
    return Promise.all(locators.map((locator) => this.#keep(owner, locator, record)));
  }

  #record(policy: Policy, labels: readonly string[]): KeyRecord {
    const createdAt = this.#options.clock.now();
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

  async #keep(owner: Owner, locator: string, record: KeyRecord): Promise<KnownKey> {
    await this.#options.book.add(owner, locator, record);
    return { locator, status: 'AVAILABLE', expiresAt: record.expiresAt, record };
  }
}

/** Names a packet without giving it away. */
function nameOf(packet: string): string {
  return createHash('sha256').update(packet).digest('base64url');
}
