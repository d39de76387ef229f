import { createHash } from 'node:crypto';
import { ProviderError } from '../provider-error.js';
import type { RecordStore } from '../store/record-store.js';

/** How often something may be tried. */
export interface AttemptPolicy {
  readonly limit: number;
  /** Milliseconds from the first try after which counting begins anew. */
  readonly windowMs: number;
}

/** A secret about to be tried. */
export interface SecretCheck {
  /** Whose secret, for example provider, account and user; only its hash is kept. */
  readonly subject: readonly (string | null)[];
  readonly policy: AttemptPolicy;
}

/**
 * Counts a try at each secret, then tries them.
 * @throws ProviderError RATE_LIMITED, with nothing tried, when it is one too many
 */
export async function limitAttempts<Result>(
  records: RecordStore,
  checks: readonly SecretCheck[],
  work: () => Promise<Result>,
): Promise<Result> {
  for (const { subject, policy } of checks) await countAttempt(records, subject, policy);
  return work();
}

/**
 * Counts a try at a secret of `subject`, in all processes together and whoever tries.
 * @param subject whose secret, for example provider, account and user; only its hash is kept
 * @throws ProviderError RATE_LIMITED when it is one too many
 */
export async function countAttempt(
  records: RecordStore,
  subject: readonly (string | null)[],
  { limit, windowMs }: AttemptPolicy,
): Promise<void> {
  const hash = createHash('sha256').update(JSON.stringify(subject)).digest('base64url');
  if ((await records.increment(`attempts:${hash}`, windowMs)) <= limit) return;
  throw new ProviderError('RATE_LIMITED', { retryAfterMs: windowMs });
}
