import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
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

/** What a packet is for. */
const packetRecord = keyRecord.extend({ isStored: z.boolean().default(false) });

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
  readonly #packets: SealedRecords<typeof packetRecord>;

  constructor(options: KeyMakerOptions) {
    this.#options = options;
    this.#packets = new SealedRecords({ ...options, collection: 'xqkeys.packet', schema: packetRecord });
  }

  /** Remembers what a packet is for, until it is stored. */
  async keepPacket(owner: Owner, packet: string, policy: Policy, at: number): Promise<string> {
    const times = { createdAt: at, expiresAt: at + PACKET_MS };
    const record = { ...newRecord(policy, [], at), isStored: false };
    await this.#packets.put(ownerKey(owner), nameOf(packet), record, times);
    return packet;
  }

  /** Stores a packet. The provider calls one invalid that has become a key already: that is told. */
  async storing(owner: Owner, packet: string, store: () => Promise<string>): Promise<string> {
    try {
      return await store();
    } catch (error) {
      if (!(error instanceof ProviderError) || error.code !== 'INVALID_INPUT') throw error;
      const known = await this.#packets.get(ownerKey(owner), nameOf(packet)).catch(() => undefined);
      if (!known?.isStored) throw error;
      const message = 'The packet is stored already.';
      throw error.with({ code: 'ALREADY_COMPLETED', reason: 'ALREADY_DONE', message });
    }
  }

  /** Remembers the key that a packet has become. */
  async keepStored(owner: Owner, locator: string, packet: string, at: number): Promise<KnownKey> {
    const key = ownerKey(owner);
    const sealed = await this.#packets.get(key, nameOf(packet));
    if (!sealed) return { locator, status: 'AVAILABLE', expiresAt: null, record: null };
    const { isStored: _was, ...record } = sealed;
    await this.#packets.update(key, nameOf(packet), (known) => ({ ...known, isStored: true }));
    const expiresAt = at + record.expiresAt - record.createdAt;
    return this.#keep(owner, locator, { ...record, createdAt: at, expiresAt });
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
