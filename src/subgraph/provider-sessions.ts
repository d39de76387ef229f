import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { Live } from '../live/engine.js';
import type { Logger } from '../log.js';
import { ownerKey, ownerOf } from '../owner.js';
import type { Owner } from '../owner.js';
import { ProviderError } from '../provider-error.js';
import type { CallOptions } from '../providers/kit/call-options.js';
import type { SessionKey, SessionSource } from '../providers/kit/with-session.js';
import type { RecordStore } from '../store/record-store.js';
import { SealedRecords } from '../vault/sealed-records.js';
import type { Vault } from '../vault/vault.js';
import type { SubgraphCall } from './subgraph.js';

// One per owner: signing in again takes the place of what was there.
const RECORD_ID = 'current';
/** An ended session is remembered for so long, so that its owner is told so rather than that there is none, milliseconds. */
const REMEMBERED_MS = 24 * 3_600_000;

/** What every session has; times in milliseconds since the epoch. */
export const sessionBase = z.object({
  id: z.string(),
  signedInAt: z.number(),
  expiresAt: z.number(),
  /** When the provider said that it is over; null while nobody has. */
  endedAt: z.number().nullable().default(null),
});

export type SessionSchema = z.ZodType<z.output<typeof sessionBase>>;

/** Where a session stands. */
export type SessionState = 'ACTIVE' | 'ENDED';

export interface ProviderSessionsOptions<Schema extends SessionSchema, Access> {
  /** Name of the provider, and the first part of its watches' names. */
  readonly provider: string;
  /** What is kept of a session, sealed: `sessionBase` and whatever the provider needs. */
  readonly schema: Schema;
  /**
   * With what calls are made in a session.
   * @param change changes what is kept of it; nothing when it is no longer the owner's
   */
  readonly toAccess: (
    session: z.output<Schema>,
    call: CallOptions,
    change: (change: (session: z.output<Schema>) => z.output<Schema>) => Promise<void>,
  ) => Access;
  /** Whether two are one session at the provider, which may answer a sign-in with what it has given already. */
  readonly isSame: (one: z.output<Schema>, other: z.output<Schema>) => boolean;
  /** Ends a session at the provider that was opened there in vain; left out where it has no call for that. */
  readonly endAtProvider?: (access: Access) => Promise<unknown>;
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly live: Live;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The sessions at a provider, at most one per owner, sealed. Every change is made to the session it was meant for or to
 * none: one that was replaced meanwhile stays replaced. What is followed with a session that is over ends at once.
 */
export class ProviderSessions<Schema extends SessionSchema, Access> implements SessionSource<Access> {
  readonly #options: ProviderSessionsOptions<Schema, Access>;
  readonly #stored: SealedRecords<Schema>;

  constructor(options: ProviderSessionsOptions<Schema, Access>) {
    this.#options = options;
    this.#stored = new SealedRecords({ ...options, collection: `${options.provider}.session` });
  }

  /** Which session there is now, if any: what a sign-in that begins now may take the place of. */
  async seen(owner: Owner): Promise<string | null> {
    return (await this.#stored.get(ownerKey(owner), RECORD_ID))?.id ?? null;
  }

  /**
   * Keeps a new session in place of the one that was there when the sign-in began, and of no other: what happened while
   * the provider was asked stands. One that the provider has repeated goes on: it keeps its id, and nothing that follows
   * it ends.
   * @param details what the provider's schema adds
   * @param seen from before the provider was asked
   * @returns undefined when there was another sign-in, or a sign-out, meanwhile: then nothing was changed here, and what
   * was opened is ended at the provider
   */
  async open(
    owner: Owner,
    details: Omit<z.input<Schema>, 'id' | 'signedInAt' | 'endedAt'>,
    seen: string | null,
  ): Promise<z.output<Schema> | undefined> {
    const key = ownerKey(owner);
    const opened = this.#options.schema.parse({
      ...details,
      id: randomUUID(),
      signedInAt: this.#options.clock.now(),
      endedAt: null,
    });
    const goesOn = (earlier: z.output<Schema>): boolean =>
      this.#isActive(earlier) && this.#options.isSame(earlier, opened);
    if (seen === null) {
      if (await this.#stored.insert(key, RECORD_ID, opened, timesOf(opened))) return opened;
      if ((await this.#stored.get(key, RECORD_ID)) === undefined) {
        // What was sealed with a key that is no longer there is in nobody's way.
        await this.#stored.put(key, RECORD_ID, opened, timesOf(opened));
        return opened;
      }
    }
    const session = await this.#stored.update(
      key,
      RECORD_ID,
      (earlier) => {
        if (goesOn(earlier)) return { ...opened, id: earlier.id };
        return earlier.id === seen ? opened : undefined;
      },
      (written) => timesOf(written).expiresAt,
    );
    if (session && seen !== null && session.id !== seen) await this.#endWatches(owner, seen);
    if (!session) await this.#endInVain(owner, opened);
    return session;
  }

  /** Ends at the provider what nobody has, unless it is what somebody has by another sign-in. */
  async #endInVain(owner: Owner, opened: z.output<Schema>): Promise<void> {
    const { endAtProvider, isSame, provider, logger } = this.#options;
    try {
      const current = await this.#stored.get(ownerKey(owner), RECORD_ID);
      if (!current || !isSame(current, opened)) await endAtProvider?.(this.accessOf(owner, opened));
    } catch (error) {
      logger.warn(
        { provider, err: error },
        'a session that was opened in vain could not be ended; it ends by itself',
      );
    }
  }

  /** The session, if it can be used; also undefined when it was sealed with a key that is no longer there. */
  async find(owner: Owner): Promise<z.output<Schema> | undefined> {
    const session = await this.#stored.get(ownerKey(owner), RECORD_ID);
    return session && this.#isActive(session) ? session : undefined;
  }

  /** The session as it is known, ended ones for a day too. */
  async known(
    owner: Owner,
  ): Promise<{ readonly session: z.output<Schema>; readonly state: SessionState } | undefined> {
    const session = await this.#stored.get(ownerKey(owner), RECORD_ID);
    return session && { session, state: this.#isActive(session) ? 'ACTIVE' : 'ENDED' };
  }

  /** @throws ProviderError SIGN_IN_REQUIRED, CREDENTIAL_EXPIRED */
  async of(owner: Owner): Promise<z.output<Schema>> {
    const session = await this.#ofAny(owner);
    if (!session) throw new ProviderError('SIGN_IN_REQUIRED', { provider: this.#options.provider });
    return session;
  }

  /** With what the caller's calls are made. @throws ProviderError SIGN_IN_REQUIRED, CREDENTIAL_EXPIRED */
  async access({ caller, requestId }: SubgraphCall): Promise<Access> {
    return this.accessOf(caller, await this.of(caller), requestId);
  }

  /** The same; undefined where nobody has signed in. @throws ProviderError CREDENTIAL_EXPIRED */
  async accessIfAny({ caller, requestId }: SubgraphCall): Promise<Access | undefined> {
    const session = await this.#ofAny(caller);
    return session && this.accessOf(caller, session, requestId);
  }

  accessOf(owner: Owner, session: z.output<Schema>, requestId?: string): Access {
    const { id } = session;
    const call = { requestId, refused: () => this.end(owner, id) };
    return this.#options.toAccess(
      session,
      call,
      async (change) => void (await this.update(owner, id, change)),
    );
  }

  async resolve({ owner: key, session: id }: SessionKey): Promise<Access | undefined> {
    const owner = ownerOf(key);
    const session = await this.find(owner);
    return session?.id === id ? this.accessOf(owner, session) : undefined;
  }

  /** Changes the session of this id. @returns undefined when it is no longer the owner's: then nothing was changed */
  update(
    owner: Owner,
    id: string,
    change: (session: z.output<Schema>) => z.output<Schema>,
  ): Promise<z.output<Schema> | undefined> {
    return this.#stored.update(ownerKey(owner), RECORD_ID, (session) =>
      session.id === id ? change(session) : undefined,
    );
  }

  /** The provider says that the session is over: shown so from now on, and what follows it ends. */
  async end(owner: Owner, id: string): Promise<void> {
    const endedAt = this.#options.clock.now();
    const ended = await this.update(owner, id, (session) =>
      session.endedAt === null ? { ...session, endedAt } : session,
    );
    if (ended?.endedAt === endedAt) await this.#endWatches(owner, id);
  }

  /** Signs out here. @returns the session that is no more */
  async close(owner: Owner): Promise<z.output<Schema> | undefined> {
    const key = ownerKey(owner);
    const session = await this.#stored.get(key, RECORD_ID);
    const isClosed = await this.#stored.delete(key, RECORD_ID);
    if (session) await this.#endWatches(owner, session.id);
    return isClosed ? session : undefined;
  }

  /** What a watch of this owner's session has for its key. */
  keyOf(owner: Owner, { id }: Pick<z.output<typeof sessionBase>, 'id'>): SessionKey {
    return { owner: ownerKey(owner), session: id };
  }

  async #ofAny(owner: Owner): Promise<z.output<Schema> | undefined> {
    const known = await this.known(owner);
    if (known?.state !== 'ENDED') return known?.session;
    throw new ProviderError('CREDENTIAL_EXPIRED', { provider: this.#options.provider });
  }

  #isActive({ expiresAt, endedAt }: z.output<typeof sessionBase>): boolean {
    return endedAt === null && expiresAt > this.#options.clock.now();
  }

  /** Whatever is followed with a session that is no more ends now rather than at its next poll. */
  #endWatches(owner: Owner, id: string): Promise<void> {
    const { live, provider } = this.#options;
    return live.hasten(
      provider,
      ownerKey(owner),
      ({ key }) => watchedWith.safeParse(key).data?.session === id,
    );
  }
}

/** What a sign-in is told that was overtaken. */
export function sessionReplaced(provider: string): ProviderError {
  const message = 'Another sign-in, or signing out, came in between.';
  return new ProviderError('CONFLICT', { provider, message });
}

const watchedWith = z.object({ session: z.string() });

function timesOf({ signedInAt, expiresAt }: z.output<typeof sessionBase>) {
  return { createdAt: signedInAt, expiresAt: expiresAt + REMEMBERED_MS };
}
