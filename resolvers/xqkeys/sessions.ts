import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import type { Access, AccessKey, Credentials } from '../../src/providers/xqkeys/access.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import { normalizeAddress } from '../../src/providers/xqkeys/packet.js';
import { readToken } from '../../src/providers/xqkeys/token.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { Vault } from '../../src/vault/vault.js';

// One per owner: signing in again takes the place of what was there.
const RECORD_ID = 'current';
/** How long a token is taken to live that does not say (assumed by the dossier), milliseconds. */
const DEFAULT_TOKEN_MS = 24 * 3_600_000;
// An ended session is remembered, so that its owner is told so rather than that there is none.
const REMEMBERED_MS = 24 * 3_600_000;

/** How a session came about, which decides what it may do. */
export const SESSION_KINDS = {
  USER: 'A person who proved an e-mail address or phone number.',
  ALIAS: 'An alias, which proved nothing: it can make, share and read keys, and nothing else.',
  DEVICE: 'A device of a team.',
} as const;
export type SessionKind = keyof typeof SESSION_KINDS;

const storedSession = z.object({
  id: z.string(),
  kind: z.enum(['USER', 'ALIAS', 'DEVICE']),
  user: z.string(),
  address: z.string().nullable(),
  token: z.string(),
  signedInAt: z.number(),
  expiresAt: z.number(),
  dashboard: z.object({ token: z.string(), expiresAt: z.number() }).optional(),
});

/** A session as it is kept, sealed, under its owner. Times in milliseconds since the epoch. */
export type StoredSession = z.infer<typeof storedSession>;

export interface SignedIn {
  readonly kind: SessionKind;
  /** Who or what signed in, as given. */
  readonly user: string;
  readonly token: string;
}

export interface SessionsOptions {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly live: Live;
}

const accessKey = z.object({ owner: z.string(), session: z.string() });

/** The sessions at the provider: at most one per owner. */
export class Sessions implements Credentials {
  readonly #clock: Clock;
  readonly #live: Live;
  readonly #stored: SealedRecords<typeof storedSession>;

  constructor({ records, vault, clock, live }: SessionsOptions) {
    this.#clock = clock;
    this.#live = live;
    this.#stored = new SealedRecords({ records, vault, collection: 'xqkeys.session', schema: storedSession });
  }

  /** Takes the place of an earlier session; nothing at the provider ends with that one. */
  async open(owner: string, { kind, user, token }: SignedIn): Promise<StoredSession> {
    const signedInAt = this.#clock.now();
    const { expiresAt, subject } = readToken(token);
    const session: StoredSession = {
      id: randomUUID(),
      kind,
      user,
      address: addressOf(kind, user) ?? subject,
      token,
      signedInAt,
      expiresAt: expiresAt ?? signedInAt + DEFAULT_TOKEN_MS,
    };
    const replaced = await this.#stored.get(owner, RECORD_ID);
    await this.#put(owner, session);
    if (replaced) await this.#endFollowing({ owner, session: replaced.id });
    return session;
  }

  /** Undefined without a session, and when it is over. */
  async find(owner: string): Promise<StoredSession | undefined> {
    const session = await this.#stored.get(owner, RECORD_ID);
    return session && session.expiresAt > this.#clock.now() ? session : undefined;
  }

  /** @throws ProviderError SIGN_IN_REQUIRED, CREDENTIAL_EXPIRED */
  async of(owner: Owner): Promise<StoredSession> {
    const session = await this.#stored.get(ownerKey(owner), RECORD_ID);
    if (!session) throw new ProviderError('SIGN_IN_REQUIRED', { provider: PROVIDER });
    if (session.expiresAt <= this.#clock.now()) {
      throw new ProviderError('CREDENTIAL_EXPIRED', { provider: PROVIDER });
    }
    return session;
  }

  /** With what calls are made. @throws ProviderError SIGN_IN_REQUIRED, CREDENTIAL_EXPIRED */
  async access(owner: Owner): Promise<Access> {
    return this.#toAccess(await this.of(owner));
  }

  /** @throws ProviderError SIGN_IN_REQUIRED when the dashboard was not opened, or must be opened again */
  async dashboardToken(owner: Owner): Promise<string> {
    const { dashboardToken } = await this.access(owner);
    if (dashboardToken !== undefined) return dashboardToken;
    throw new ProviderError('SIGN_IN_REQUIRED', {
      provider: PROVIDER,
      message: 'The dashboard is not open for this session: use openXqDashboard first.',
    });
  }

  async addDashboard(owner: Owner, session: StoredSession, token: string): Promise<StoredSession> {
    const expiresAt = Math.min(readToken(token).expiresAt ?? Infinity, session.expiresAt);
    const opened = { ...session, dashboard: { token, expiresAt } };
    await this.#put(ownerKey(owner), opened);
    return opened;
  }

  /** @returns whether there was one. */
  async close(owner: string): Promise<boolean> {
    const closed = await this.#stored.get(owner, RECORD_ID);
    const isClosed = await this.#stored.delete(owner, RECORD_ID);
    if (closed) await this.#endFollowing({ owner, session: closed.id });
    return isClosed;
  }

  async resolve({ owner, session: id }: AccessKey): Promise<Access | undefined> {
    const session = await this.find(owner);
    return session?.id === id ? this.#toAccess(session) : undefined;
  }

  #toAccess({ id, token, dashboard, expiresAt }: StoredSession): Access {
    const isOpen = dashboard !== undefined && dashboard.expiresAt > this.#clock.now();
    return { id, token, expiresAt, dashboardToken: isOpen ? dashboard.token : undefined };
  }

  /** Whatever is followed with a session that is no more ends now rather than at its next poll. */
  #endFollowing({ owner, session }: AccessKey): Promise<void> {
    return this.#live.hasten(PROVIDER, owner, ({ key }) => {
      const followed = accessKey.safeParse(key).data;
      return followed?.owner === owner && followed.session === session;
    });
  }

  #put(owner: string, session: StoredSession): Promise<void> {
    const times = { createdAt: session.signedInAt, expiresAt: session.expiresAt + REMEMBERED_MS };
    return this.#stored.put(owner, RECORD_ID, session, times);
  }
}

/** The address by which keys are granted to it; undefined when only the token may know. */
function addressOf(kind: SessionKind, user: string): string | undefined {
  if (kind === 'ALIAS') return `${normalizeAddress(user)}@alias.local`;
  return kind === 'USER' ? normalizeAddress(user) : undefined;
}
