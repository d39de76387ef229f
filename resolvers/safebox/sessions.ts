import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { Vault } from '../../src/vault/vault.js';
import type { Access, AccessKey, Credentials } from '../../src/providers/safebox/access.js';

// One per owner: signing in again takes the place of what was there.
const RECORD_ID = 'current';

/** How long a session is kept, milliseconds: 30 days. The provider documents no end of its tokens. */
export const SESSION_MS = 30 * 24 * 3_600_000;

const storedSession = z.object({
  id: z.string(),
  token: z.string(),
  userId: z.string(),
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
  readonly enterpriseToken: string | null;
}

/** The credentials of this account: each owner's own session, and the enterprise access token. */
export class Sessions implements Credentials {
  readonly #clock: Clock;
  readonly #stored: SealedRecords<typeof storedSession>;
  /** Undefined when none is configured. */
  readonly enterprise: Access | undefined;

  constructor(options: SessionsOptions) {
    const { records, vault, clock, enterpriseToken: token } = options;
    this.#clock = clock;
    this.#stored = new SealedRecords({
      records,
      vault,
      collection: 'safebox.session',
      schema: storedSession,
    });
    // Another id for another token: watches that ended with the old one do not stand in the way of new ones.
    const digest = createHash('sha256')
      .update(token ?? '')
      .digest('hex')
      .slice(0, 12);
    this.enterprise =
      token === null ? undefined : { kind: 'enterprise', id: `enterprise-${digest}`, token, userId: null };
  }

  /**
   * The session goes on as the one it was when the provider repeats its token, so nothing that follows it ends.
   * @returns the session, and the id of the one whose place it takes
   */
  async open(
    owner: string,
    { token, userId, username }: { token: string; userId: string; username: string },
  ): Promise<{ session: StoredSession; replaced: string | null }> {
    const signedInAt = this.#clock.now();
    const expiresAt = signedInAt + SESSION_MS;
    const before = await this.find(owner);
    const id = before?.token === token ? before.id : randomUUID();
    const session = { id, token, userId, username, signedInAt, expiresAt };
    await this.#stored.put(owner, RECORD_ID, session, { createdAt: signedInAt, expiresAt });
    return { session, replaced: before && before.id !== id ? before.id : null };
  }

  /** Undefined without a session, also when it was sealed with a key that is no longer there. */
  find(owner: string): Promise<StoredSession | undefined> {
    return this.#stored.get(owner, RECORD_ID);
  }

  /** @returns whether there was one. */
  close(owner: string): Promise<boolean> {
    return this.#stored.delete(owner, RECORD_ID);
  }

  /** The credential a key names; undefined when it is no longer the owner's. */
  async resolve({ owner, access }: AccessKey): Promise<Access | undefined> {
    if (access === this.enterprise?.id) return this.enterprise;
    const session = await this.find(owner);
    return session?.id === access ? accessOf(session) : undefined;
  }
}

export function accessOf({ id, token, userId }: StoredSession): Access {
  return { kind: 'session', id, token, userId };
}
