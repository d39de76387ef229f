import type { CredentialKey } from '../../src/providers/vipidentity/model.js';
import type { SecretCheck } from '../../src/subgraph/attempt-limit.js';

/** Fewer than the ten wrong codes in a row after which the provider locks (dossier section 5.2). */
export const ATTEMPTS = { limit: 5, windowMs: 60_000 } as const;

/** A try at the code, PIN or phones of a user. */
export function userCheck(userId: string, account: string | null | undefined): readonly SecretCheck[] {
  return [{ subject: ['vipidentity', 'user', account ?? null, userId.toLowerCase()], policy: ATTEMPTS }];
}

/** A try at each of these credentials. */
export function credentialChecks(
  keys: readonly CredentialKey[],
  account: string | null | undefined,
): readonly SecretCheck[] {
  return keys.map(({ credentialType, credentialId }) => ({
    subject: ['vipidentity', credentialType, account ?? null, credentialId.toLowerCase()],
    policy: ATTEMPTS,
  }));
}
