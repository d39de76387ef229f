import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { afterEffect } from '../../src/providers/kit/after-effect.js';
import { ProviderError } from '../../src/provider-error.js';
import type {
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
  readonly clock: Clock;
}

/** Requests for access on their way to a session. Their tokens never leave. */
export class Authorizations implements LinkExchange {
  readonly #options: AuthorizationsOptions;
  readonly #stored: SealedRecords<typeof storedAuthorization>;

  constructor(options: AuthorizationsOptions) {
    const { records, vault } = options;
    this.#options = options;
    this.#stored = new SealedRecords({
      records,
      vault,
      collection: 'xqkeys.authorization',
      schema: storedAuthorization,
    });
  }

  /** Has a PIN and a link sent to the user. */
  async request(owner: Owner, request: AccessRequest, businessId: string | null): Promise<Authorization> {
    const { client, clock } = this.#options;
    const token = await client.signIn.requestAccess(request);
    const createdAt = clock.now();
    const authorization: StoredAuthorization = {
      id: randomUUID(),
      user: request.user,
      token,
      businessId,
      status: 'PENDING',
      createdAt,
      expiresAt: readToken(token).expiresAt ?? createdAt + DEFAULT_LIFETIME_MS,
    };
    await afterEffect(() => this.#put(ownerKey(owner), authorization));
    return this.#view(authorization);
  }

  /** Null when it is unknown or somebody else's. */
  async find(owner: Owner, id: string): Promise<Authorization | null> {
    const authorization = await this.#stored.get(ownerKey(owner), id);
    return authorization ? this.#view(authorization) : null;
  }

  /** @throws ProviderError NOT_FOUND, ALREADY_COMPLETED, WRONG_SECRET */
  async confirm(owner: Owner, id: string, pin: string): Promise<Authorization> {
    const authorization = await this.#open(ownerKey(owner), id);
    await this.#options.client.signIn.confirm(authorization.token, pin);
    const validated = { ...authorization, status: 'VALIDATED' as const };
    await afterEffect(() => this.#put(ownerKey(owner), validated));
    return this.#view(validated);
  }

  /** @throws ProviderError NOT_FOUND, ALREADY_COMPLETED, SIGN_IN_REQUIRED (neither PIN nor link was used) */
  async exchange(
    owner: Owner,
    id: string,
    { businessId, selector }: ExchangeOptions,
  ): Promise<StoredSession> {
    const authorization = await this.#open(ownerKey(owner), id);
    return this.#exchange(ownerKey(owner), authorization, {
      businessId: businessId ?? authorization.businessId,
      selector,
    });
  }

  async tryExchange({ owner, authorization: id }: AuthorizationKey): Promise<AuthorizationState> {
    const authorization = await this.#stored.get(owner, id);
    if (!authorization) return { status: 'EXPIRED' };
    const { status } = this.#view(authorization);
    // Whoever has confirmed by PIN goes on by a command, which must not find the request used up.
    if (status !== 'PENDING') return { status };
    try {
      const { businessId } = authorization;
      await this.#exchange(owner, authorization, { businessId, selector: false });
      return { status: 'EXCHANGED' };
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'SIGN_IN_REQUIRED') return { status };
      throw error;
    }
  }

  async #exchange(
    owner: string,
    authorization: StoredAuthorization,
    options: ExchangeOptions,
  ): Promise<StoredSession> {
    const { client, sessions } = this.#options;
    const token = await client.signIn.exchange(authorization.token, options);
    return afterEffect(async () => {
      const session = await sessions.open(owner, { kind: 'USER', user: authorization.user, token });
      await this.#put(owner, { ...authorization, status: 'EXCHANGED' });
      return session;
    });
  }

  /** One that can still become a session. */
  async #open(owner: string, id: string): Promise<StoredAuthorization> {
    const authorization = await this.#stored.get(owner, id);
    if (!authorization) throw new ProviderError('NOT_FOUND', { path: ['authorizationId'] });
    const { status } = this.#view(authorization);
    if (status === 'PENDING' || status === 'VALIDATED') return authorization;
    throw new ProviderError('ALREADY_COMPLETED', { path: ['authorizationId'] });
  }

  #view({ id, user, status, createdAt, expiresAt }: StoredAuthorization): Authorization {
    const isExpired = status !== 'EXCHANGED' && expiresAt <= this.#options.clock.now();
    return { id, user, status: isExpired ? 'EXPIRED' : status, createdAt, expiresAt };
  }

  #put(owner: string, authorization: StoredAuthorization): Promise<void> {
    const { id, createdAt, expiresAt } = authorization;
    return this.#stored.put(owner, id, authorization, { createdAt, expiresAt: expiresAt + REMEMBERED_MS });
  }
}
