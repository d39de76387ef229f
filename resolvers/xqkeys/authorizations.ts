import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import { ownerKey, ownerOf } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import type { ProblemReason } from '../../src/problem-reason.js';
import { ProviderError } from '../../src/provider-error.js';
import type { CallOptions } from '../../src/providers/kit/call-options.js';
import { authorizationWatch } from '../../src/providers/xqkeys/authorization-watch.js';
import type {
  AuthorizationChange,
  AuthorizationKey,
  AuthorizationState,
  AuthorizationStatus,
  LinkExchange,
} from '../../src/providers/xqkeys/authorization-watch.js';
import type { XqkeysClient } from '../../src/providers/xqkeys/client.js';
import type { AccessRequest, ExchangeOptions } from '../../src/providers/xqkeys/sign-in.js';
import { readToken } from '../../src/providers/xqkeys/token.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { Vault } from '../../src/vault/vault.js';
import { signedIn } from './sessions.js';
import type { Sessions, StoredSession } from './sessions.js';

/** How long a request can be confirmed when its token does not say (assumed by the dossier), milliseconds. */
const DEFAULT_LIFETIME_MS = 15 * 60_000;
const REMEMBERED_MS = 24 * 3_600_000;

const storedAuthorization = z.object({
  id: z.string(),
  user: z.string(),
  token: z.string(),
  businessId: z.string().nullable(),
  status: z.enum(['PENDING', 'VALIDATED', 'EXCHANGED']),
  /** An exchange was begun: should its answer have been lost, the request is used up. */
  isExchanging: z.boolean().default(false),
  createdAt: z.number(),
  expiresAt: z.number(),
});
type StoredAuthorization = z.infer<typeof storedAuthorization>;

/** A request for access as its owner sees it. Times in milliseconds since the epoch. */
export interface Authorization {
  readonly id: string;
  readonly user: string;
  readonly status: AuthorizationStatus;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface AuthorizationsOptions {
  readonly client: XqkeysClient;
  readonly sessions: Sessions;
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly live: Live;
  readonly clock: Clock;
  /** Whose watches they are; undefined: everybody's. */
  readonly tenant: string | undefined;
}

/** Requests for access on their way to a session. Their tokens never leave. */
export class Authorizations implements LinkExchange {
  readonly #options: AuthorizationsOptions;
  readonly #stored: SealedRecords<typeof storedAuthorization>;

  constructor(options: AuthorizationsOptions) {
    this.#options = options;
    this.#stored = new SealedRecords({
      ...options,
      collection: 'xqkeys.authorization',
      schema: storedAuthorization,
    });
    options.live.register(authorizationWatch, this, options.tenant);
  }

  /** Keeps a request, made at that time in milliseconds since the epoch, for which PIN and link are on their way. */
  async keep(
    owner: Owner,
    { user }: AccessRequest,
    token: string,
    businessId: string | null,
    createdAt: number,
  ): Promise<Authorization> {
    const authorization: StoredAuthorization = {
      id: randomUUID(),
      user,
      token,
      businessId,
      status: 'PENDING',
      isExchanging: false,
      createdAt,
      expiresAt: readToken(token).expiresAt ?? createdAt + DEFAULT_LIFETIME_MS,
    };
    const times = { createdAt, expiresAt: authorization.expiresAt + REMEMBERED_MS };
    await this.#stored.put(ownerKey(owner), authorization.id, authorization, times);
    return this.#view(authorization);
  }

  /** Null when it is unknown or somebody else's. */
  async find(owner: Owner, id: string): Promise<Authorization | null> {
    const authorization = await this.#stored.get(ownerKey(owner), id);
    return authorization ? this.#view(authorization) : null;
  }

  /** @throws ProviderError NOT_FOUND */
  async require(owner: Owner, id: string): Promise<Authorization> {
    const authorization = await this.find(owner, id);
    if (authorization) return authorization;
    throw new ProviderError('NOT_FOUND', { path: ['authorizationId'] });
  }

  /** @throws ProviderError ALREADY_COMPLETED, WRONG_SECRET */
  async confirm(owner: Owner, id: string, pin: string, call: CallOptions): Promise<void> {
    const { token, status } = await this.#open(ownerKey(owner), id);
    if (status === 'VALIDATED')
      throw over('ALREADY_DONE', 'The request is confirmed already: go on with exchangeXqAccess.');
    try {
      await this.#options.client.signIn.confirm(token, pin, call);
    } catch (error) {
      // The link may have been clicked, and its exchange have come first: access was confirmed all the same.
      if ((await this.require(owner, id)).status !== 'EXCHANGED') throw error;
    }
  }

  /** Keeps, and tells, that the PIN was right. */
  async keepConfirmed(owner: Owner, id: string): Promise<Authorization> {
    await this.#stored.update(ownerKey(owner), id, (known) =>
      known.status === 'PENDING' ? { ...known, status: 'VALIDATED' } : undefined,
    );
    const authorization = await this.require(owner, id);
    await this.#tell(owner, id, authorization.status);
    return authorization;
  }

  /**
   * The token of a confirmed request; null when the request is the caller's session already, through its link.
   * @throws ProviderError ALREADY_COMPLETED, SIGN_IN_REQUIRED (neither PIN nor link was used)
   */
  async exchange(
    owner: Owner,
    id: string,
    { businessId, selector }: ExchangeOptions,
    call: CallOptions,
  ): Promise<string | null> {
    const session = await this.#options.sessions.find(owner);
    if (session?.authorization === id) return null;
    const key = ownerKey(owner);
    const authorization = await this.#open(key, id);
    return this.#exchange(
      key,
      authorization,
      { businessId: businessId ?? authorization.businessId, selector },
      call,
    );
  }

  /**
   * Keeps, and tells, the session that a request has become.
   * @param seen see `ProviderSessions.open`
   * @returns undefined when another one came in between
   */
  async keepSession(
    owner: Owner,
    id: string,
    token: string | null,
    seen: string | null,
    by: 'COMMAND' | 'LINK' = 'COMMAND',
  ): Promise<StoredSession | undefined> {
    const { sessions, clock } = this.#options;
    if (token === null) return sessions.of(owner);
    const { user } = await this.require(owner, id);
    const session = await sessions.open(
      owner,
      signedIn({ kind: 'USER', user, token }, clock.now(), by === 'LINK' ? id : null),
      seen,
    );
    await this.#stored.update(ownerKey(owner), id, (known) => ({ ...known, status: 'EXCHANGED' }));
    await this.#tell(owner, id, 'EXCHANGED');
    return session;
  }

  async tryExchange({ owner: key, authorization: id }: AuthorizationKey): Promise<AuthorizationState> {
    const authorization = await this.#stored.get(key, id);
    if (!authorization) return { status: 'EXPIRED' };
    const { status } = this.#view(authorization);
    // Whoever has confirmed by PIN goes on by a command, which must not find the request used up.
    if (status !== 'PENDING') return { status };
    try {
      const { businessId } = authorization;
      const owner = ownerOf(key);
      const seen = await this.#options.sessions.seen(owner);
      const token = await this.#exchange(key, authorization, { businessId, selector: false });
      await this.keepSession(owner, id, token, seen, 'LINK');
      return { status: 'EXCHANGED' };
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'SIGN_IN_REQUIRED') return { status };
      throw error;
    }
  }

  /** @throws ProviderError NOT_FOUND */
  async follow(
    owner: Owner,
    id: string,
    after: string | undefined,
  ): Promise<{
    readonly authorization: Authorization;
    readonly events: AsyncIterableIterator<HubEvent<AuthorizationState, AuthorizationChange>>;
  }> {
    const { live } = this.#options;
    const authorization = await this.find(owner, id);
    if (!authorization) throw new ProviderError('NOT_FOUND', { path: ['id'] });
    const spec = await live.watch({
      kind: authorizationWatch,
      owner,
      key: { owner: ownerKey(owner), authorization: id },
      deadlineAt: authorization.expiresAt,
      onlyWhileSubscribed: true,
      first: { state: { status: authorization.status }, source: 'POLL' },
    });
    return { authorization, events: await live.subscribe(spec.id, { after }) };
  }

  async #exchange(
    owner: string,
    { id, token }: StoredAuthorization,
    options: ExchangeOptions,
    call: CallOptions = {},
  ): Promise<string> {
    let wasBegun = false;
    await this.#stored.update(owner, id, (known) => {
      wasBegun = known.isExchanging;
      return { ...known, isExchanging: true };
    });
    try {
      return await this.#options.client.signIn.exchange(token, options, call);
    } catch (error) {
      const code = error instanceof ProviderError ? error.code : undefined;
      if (code !== 'OUTCOME_UNKNOWN') {
        if (wasBegun && code === 'SIGN_IN_REQUIRED') throw usedUp();
        await this.#stored.update(owner, id, (known) => ({ ...known, isExchanging: wasBegun }));
      }
      throw error;
    }
  }

  /** One that can still become a session. */
  async #open(owner: string, id: string): Promise<StoredAuthorization> {
    const authorization = await this.#stored.get(owner, id);
    if (!authorization) throw new ProviderError('NOT_FOUND', { path: ['authorizationId'] });
    const { status } = this.#view(authorization);
    if (status === 'PENDING' || status === 'VALIDATED') return authorization;
    throw status === 'EXCHANGED'
      ? over('ALREADY_DONE', 'The request has become a session already.')
      : over('WRONG_STATE', 'The request has lapsed: request access anew.');
  }

  async #tell(owner: Owner, authorization: string, status: AuthorizationStatus): Promise<void> {
    const { live } = this.#options;
    const id = live.idOf(authorizationWatch, owner, { owner: ownerKey(owner), authorization });
    await live.apply(authorizationWatch, id, async () => ({ status }));
  }

  #view({ id, user, status, createdAt, expiresAt }: StoredAuthorization): Authorization {
    const isExpired = status !== 'EXCHANGED' && expiresAt <= this.#options.clock.now();
    return { id, user, status: isExpired ? 'EXPIRED' : status, createdAt, expiresAt };
  }
}

/** A request for which it is too late. */
function over(reason: ProblemReason, message: string): ProviderError {
  return new ProviderError('ALREADY_COMPLETED', { path: ['authorizationId'], reason, message });
}

/** The session that it has become was in an answer that was lost, and cannot be had again. */
function usedUp(): ProviderError {
  const message =
    'The answer that held the session was lost, and the request is used up: request access anew.';
  return over('ALREADY_DONE', message);
}
