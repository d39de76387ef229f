import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { CRYPTO_TYPES } from '../../src/providers/guardcrypto/access.js';
import type { Access, CryptoType } from '../../src/providers/guardcrypto/access.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { Vault } from '../../src/vault/vault.js';
import { SESSION_MS } from './sessions.js';

export interface KeptTokensOptions {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** The latest token of each session and kind, sealed, so that it can be attached later without leaving this server. */
export class KeptTokens {
  readonly #clock: Clock;
  readonly #sealed: SealedRecords<z.ZodString>;

  constructor({ clock, ...options }: KeptTokensOptions) {
    this.#clock = clock;
    this.#sealed = new SealedRecords({ ...options, collection: 'guardcrypto.token', schema: z.string() });
  }

  async keep(owner: Owner, { id }: Access, type: CryptoType, token: string): Promise<void> {
    const createdAt = this.#clock.now();
    const times = { createdAt, expiresAt: createdAt + SESSION_MS };
    await this.#sealed.put(ownerKey(owner), `${id}.${type}`, token, times);
  }

  find(owner: Owner, { id }: Access, type: CryptoType): Promise<string | undefined> {
    return this.#sealed.get(ownerKey(owner), `${id}.${type}`);
  }

  /** Forgets those of a session that is over. */
  async forget(owner: Owner, id: string): Promise<void> {
    await Promise.all(CRYPTO_TYPES.map((type) => this.#sealed.delete(ownerKey(owner), `${id}.${type}`)));
  }
}
