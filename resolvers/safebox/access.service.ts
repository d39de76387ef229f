import type { Caller } from '../../src/auth/caller.js';
import { hasScopes } from '../../src/auth/scopes.js';
import { ownerKey } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import type { Access } from '../../src/providers/safebox/access.js';
import { accessOf } from './sessions.js';
import type { AccessKey } from '../../src/providers/safebox/access.js';
import type { Sessions } from './sessions.js';

/** Scope of those who may work with the account's own token. */
export const ENTERPRISE_SCOPE = 'safebox:enterprise';

/** With which credential a caller works: the own session, else the account's token if that is allowed. */
export class AccessService {
  constructor(private readonly sessions: Sessions) {}

  /** Null when there is none for this caller. */
  async find(caller: Caller): Promise<Access | null> {
    const session = await this.sessions.find(ownerKey(caller));
    if (session) return accessOf(session);
    return hasScopes(caller, [[ENTERPRISE_SCOPE]]) ? (this.sessions.enterprise ?? null) : null;
  }

  /** @throws ProviderError SIGN_IN_REQUIRED */
  async of(caller: Caller): Promise<Access> {
    const access = await this.find(caller);
    if (!access) throw new ProviderError('SIGN_IN_REQUIRED', { provider: 'safebox' });
    return access;
  }

  keyOf(caller: Caller, access: Access): AccessKey {
    return { owner: ownerKey(caller), access: access.id };
  }
}
