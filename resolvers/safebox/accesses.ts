import { createHash } from 'node:crypto';
import { z } from 'zod';
import { hasScopes } from '../../src/auth/scopes.js';
import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { Logger } from '../../src/log.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import type { SessionKey, SessionSource } from '../../src/providers/kit/with-session.js';
import { enterpriseId } from '../../src/providers/safebox/access.js';
import type { Access } from '../../src/providers/safebox/access.js';
import { PROVIDER } from '../../src/providers/safebox/errors.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { ProviderSessions, sessionBase } from '../../src/subgraph/provider-sessions.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import type { Vault } from '../../src/vault/vault.js';

/** Scope of those who may work with the account's own token. */
export const ENTERPRISE_SCOPE = 'safebox:enterprise';

/** How long a session is kept, milliseconds: 30 days. The provider documents no end of its tokens. */
export const SESSION_MS = 30 * 24 * 3_600_000;

const schema = sessionBase.extend({ token: z.string(), userId: z.string(), username: z.string() });

/** A user's session as it is kept, sealed, under its owner. */
export type StoredSession = z.output<typeof schema>;

export interface AccessesOptions {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly live: Live;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly enterpriseToken: string | null;
}

/** With which credential a caller works: the own session, else the account's token if that is allowed. */
export class Accesses implements SessionSource<Access> {
  readonly sessions: ProviderSessions<typeof schema, Access>;
  readonly #enterprise: Access | undefined;

  constructor({ enterpriseToken: token, ...tools }: AccessesOptions) {
    this.sessions = new ProviderSessions({
      ...tools,
      provider: PROVIDER,
      schema,
      isSame: (one, other) => one.token === other.token,
      toAccess: ({ id, token, userId }, call): Access => ({ kind: 'session', id, token, userId, ...call }),
    });
    if (token === null) return;
    // Another id for another token: watches that ended with the old one do not stand in the way of new ones.
    const digest = createHash('sha256').update(token).digest('hex').slice(0, 12);
    this.#enterprise = { kind: 'enterprise', id: enterpriseId(digest), token, userId: null };
  }

  get hasEnterpriseToken(): boolean {
    return this.#enterprise !== undefined;
  }

  /**
   * A session that is over is never replaced by the account's token: the caller would become somebody else unasked.
   * @throws ProviderError SIGN_IN_REQUIRED, CREDENTIAL_EXPIRED
   */
  async of(call: SubgraphCall): Promise<Access> {
    const { caller, requestId } = call;
    if (!this.#enterprise || !hasScopes(caller, [[ENTERPRISE_SCOPE]])) return this.sessions.access(call);
    return (await this.sessions.accessIfAny(call)) ?? { ...this.#enterprise, requestId };
  }

  keyOf(owner: Owner, { id }: Access): SessionKey {
    return { owner: ownerKey(owner), session: id };
  }

  async resolve(key: SessionKey): Promise<Access | undefined> {
    return key.session === this.#enterprise?.id ? this.#enterprise : this.sessions.resolve(key);
  }
}
