import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import type { AppSuiteSession } from '../../src/providers/guardcrypto/account.js';
import { CRYPTO_TYPES } from '../../src/providers/guardcrypto/access.js';
import type { Access, Accesses, AccessKey, CryptoType } from '../../src/providers/guardcrypto/access.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { Vault } from '../../src/vault/vault.js';

// One per owner: signing in again takes the place of what was there.
const RECORD_ID = 'current';

/** How long a session is kept, milliseconds: 7 days. The provider ends it earlier when it is not used. */
export const SESSION_MS = 7 * 24 * 3_600_000;

const storedSession = z.object({
  id: z.string(),
  session: z.string(),
  cookies: z.record(z.string(), z.string()),
  userAgent: z.string(),
  userId: z.number(),
  contextId: z.number(),
  username: z.string(),
  signedInAt: z.number(),
  expiresAt: z.number(),
});

/** A user's session as it is kept, sealed, under its owner. */
export type StoredSession = z.infer<typeof storedSession>;

export interface SessionsOptions {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** Each owner's session at the App Suite, and the tokens made in it. */
export class Sessions implements Accesses {
  readonly #clock: Clock;
  readonly #sessions: SealedRecords<typeof storedSession>;
  readonly #tokens: SealedRecords<z.ZodString>;

  constructor({ records, vault, clock }: SessionsOptions) {
    this.#clock = clock;
    this.#sessions = new SealedRecords({
      records,
      vault,
      collection: 'guardcrypto.session',
      schema: storedSession,
    });
    this.#tokens = new SealedRecords({ records, vault, collection: 'guardcrypto.token', schema: z.string() });
  }

  /** A new one in place of what was there. */
  async open(owner: string, opened: AppSuiteSession & { readonly username: string }): Promise<StoredSession> {
    const { session, cookies, userAgent, userId, contextId, username } = opened;
    await this.#forgetTokens(owner);
    const signedInAt = this.#clock.now();
    const stored: StoredSession = {
      ...{ session, cookies: { ...cookies }, userAgent, userId, contextId, username },
      id: randomUUID(),
      signedInAt,
      expiresAt: signedInAt + SESSION_MS,
    };
    await this.#keep(owner, stored);
    return stored;
  }

  /** Undefined without a session, also when it was sealed with a key that is no longer there. */
  find(owner: string): Promise<StoredSession | undefined> {
    return this.#sessions.get(owner, RECORD_ID);
  }

  /** @returns whether there was one. */
  async close(owner: string): Promise<boolean> {
    await this.#forgetTokens(owner);
    return this.#sessions.delete(owner, RECORD_ID);
  }

  async resolve({ owner, access }: AccessKey): Promise<Access | undefined> {
    const session = await this.find(owner);
    return session?.id === access ? this.accessOf(owner, session) : undefined;
  }

  /** @throws ProviderError SIGN_IN_REQUIRED */
  async of(owner: Owner): Promise<Access> {
    const key = ownerKey(owner);
    const session = await this.find(key);
    if (!session) throw new ProviderError('SIGN_IN_REQUIRED', { provider: 'guardcrypto' });
    return this.accessOf(key, session);
  }

  accessOf(owner: string, stored: StoredSession): Access {
    return {
      ...stored,
      keepCookies: async (cookies) => {
        // Signing out, or in again, may have come in between.
        const now = await this.find(owner);
        if (now?.id === stored.id) await this.#keep(owner, { ...now, cookies: { ...cookies } });
      },
    };
  }

  /** Keeps the latest token of a session, so that it can be attached later without leaving this server. */
  async keepToken(owner: Owner, { id }: Access, type: CryptoType, token: string): Promise<void> {
    const createdAt = this.#clock.now();
    const times = { createdAt, expiresAt: createdAt + SESSION_MS };
    await this.#tokens.put(ownerKey(owner), `${id}.${type}`, token, times);
  }

  keptToken(owner: Owner, { id }: Access, type: CryptoType): Promise<string | undefined> {
    return this.#tokens.get(ownerKey(owner), `${id}.${type}`);
  }

  async #forgetTokens(owner: string): Promise<void> {
    const session = await this.find(owner);
    if (!session) return;
    await Promise.all(CRYPTO_TYPES.map((type) => this.#tokens.delete(owner, `${session.id}.${type}`)));
  }

  async #keep(owner: string, session: StoredSession): Promise<void> {
    const { signedInAt: createdAt, expiresAt } = session;
    await this.#sessions.put(owner, RECORD_ID, session, { createdAt, expiresAt });
  }
}
