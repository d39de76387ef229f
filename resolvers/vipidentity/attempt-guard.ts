import type { CredentialKey } from '../../src/providers/vipidentity/model.js';
import type { SecretCheck } from '../../src/subgraph/attempt-limit.js';

/** Fewer than the ten wrong codes in a row after which the provider locks (dossier section 5.2). */
export const ATTEMPTS = { limit: 5, windowMs: 60_000 } as const;

type Counted = SecretCheck['counts'];

/** A try at the code or PIN of a user, or, where `counts` is ALL, at their attention. */
export function userCheck(
  userId: string,
  account: string | null | undefined,
  counts: Counted = 'WRONG',
): readonly SecretCheck[] {
  const subject = ['vipidentity', 'user', account ?? null, userId.toLowerCase()];
  return [{ subject, policy: ATTEMPTS, counts }];
}

/** A try at each of these credentials. */
export function credentialChecks(
  keys: readonly CredentialKey[],
  account: string | null | undefined,
  counts: Counted = 'WRONG',
): readonly SecretCheck[] {
  return keys.map(({ credentialType, credentialId }) => ({
    subject: ['vipidentity', credentialType, account ?? null, credentialId.toLowerCase()],
    policy: ATTEMPTS,
    counts,
  }));
}
