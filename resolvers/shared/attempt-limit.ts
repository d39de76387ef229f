import { createHash } from 'node:crypto';
import { ProviderError } from '../../src/provider-error.js';
import type { RecordStore } from '../../src/store/record-store.js';

/** How often something may be tried. */
export interface AttemptPolicy {
  readonly limit: number;
  /** Milliseconds from the first try after which counting begins anew. */
  readonly windowMs: number;
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
