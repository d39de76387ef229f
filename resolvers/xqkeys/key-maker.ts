import { createHash } from 'node:crypto';
import type { Clock } from '../../src/clock.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { afterEffect } from '../../src/providers/kit/after-effect.js';
import type { XqkeysClient } from '../../src/providers/xqkeys/client.js';
import { lifetimeMs } from '../../src/providers/xqkeys/packet.js';
import type { Policy } from '../../src/providers/xqkeys/packet.js';
import {
  checkFilled,
  checkKey,
  checkKeys,
  checkLabels,
  checkPolicy,
} from '../../src/providers/xqkeys/rules.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { Vault } from '../../src/vault/vault.js';
import { granted, keyRecord } from './key-book.js';
import type { KeyBook, KeyRecord } from './key-book.js';
import type { KnownKey } from './key.service.js';
import type { Sessions } from './sessions.js';

/** How long a packet that is not stored yet is remembered, milliseconds; its validity is unpublished. */
const PACKET_MS = 3_600_000;

export interface KeyMakerOptions {
  readonly client: XqkeysClient;
  readonly sessions: Sessions;
  readonly book: KeyBook;
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** Makes keys at the provider and remembers what it will not tell again: what they are for, and for whom. */
export class KeyMaker {
  readonly #options: KeyMakerOptions;
  readonly #packets: SealedRecords<typeof keyRecord>;

  constructor(options: KeyMakerOptions) {
    const { records, vault } = options;
    this.#options = options;
    this.#packets = new SealedRecords({ records, vault, collection: 'xqkeys.packet', schema: keyRecord });
  }

  /** First of two steps: answers the opaque packet. */
  async seal(owner: Owner, key: string | null, unchecked: Policy): Promise<string> {
    const policy = checkPolicy(unchecked);
    if (key !== null) checkKey(key);
    const { client, sessions, clock } = this.#options;
    const packet = await client.packets.create(await sessions.access(owner), key, policy);
    const now = clock.now();
    await afterEffect(() =>
      this.#packets.put(ownerKey(owner), nameOf(packet), this.#record(policy, []), {
        createdAt: now,
        expiresAt: now + PACKET_MS,
      }),
    );
    return packet;
  }

  /** Second of two steps. */
  async store(owner: Owner, unchecked: string): Promise<KnownKey> {
    const packet = checkFilled('packet', unchecked);
    const { client, sessions } = this.#options;
    const locator = await client.packets.store(await sessions.access(owner), packet);
    return afterEffect(async () => {
      const sealed = await this.#packets.get(ownerKey(owner), nameOf(packet));
      if (!sealed) return { locator, status: 'AVAILABLE', expiresAt: null, record: null };
      const createdAt = this.#options.clock.now();
      const expiresAt = createdAt + sealed.expiresAt - sealed.createdAt;
      return this.#keep(owner, locator, { ...sealed, createdAt, expiresAt });
    });
  }

  async create(
    owner: Owner,
    key: string,
    { labels, ...unchecked }: Policy & { readonly labels: readonly string[] },
  ): Promise<KnownKey> {
    const policy = { ...checkPolicy(unchecked), labels: labels.length > 0 ? checkLabels(labels) : null };
    checkKey(key);
    const { client, sessions } = this.#options;
    const locator = await client.packets.createAndStore(await sessions.access(owner), key, policy);
    return afterEffect(() => this.#keep(owner, locator, this.#record(policy, labels)));
  }

  async createMany(
    owner: Owner,
    keys: readonly string[],
    { note, ...unchecked }: Policy & { readonly note: string | null },
  ): Promise<readonly KnownKey[]> {
    const policy = checkPolicy(unchecked);
    checkKeys(keys);
    const { client, sessions } = this.#options;
    const access = await sessions.access(owner);
    const locators = await client.packets.createAndStoreMany(access, keys, { ...policy, note });
    const record = this.#record(policy, []);
    return afterEffect(() => Promise.all(locators.map((locator) => this.#keep(owner, locator, record))));
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
