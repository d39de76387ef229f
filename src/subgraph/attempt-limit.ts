import { createHash } from 'node:crypto';
import { ProviderError } from '../provider-error.js';
import type { ProblemCode } from '../provider-error.js';
import type { RecordStore } from '../store/record-store.js';

/** How often something may be tried. */
export interface AttemptPolicy {
  readonly limit: number;
  /** Milliseconds from the first try after which counting begins anew. */
  readonly windowMs: number;
}

/** Something that is about to be tried, and must not be tried often. */
export interface SecretCheck {
  /** Whose secret, for example provider, account and user; only its hash is kept. */
  readonly subject: readonly (string | null)[];
  readonly policy: AttemptPolicy;
  /** Every try, where the try itself bothers somebody; or those alone that may have been wrong. */
  readonly counts: 'ALL' | 'WRONG';
  /** What the refusal says; default: the sentence of its code, and no field. */
  readonly refusal?: { readonly message: string; readonly path: readonly string[] };
}

/** After these a secret was wrong, or nobody knows that it was not. */
const MAY_BE_WRONG: ReadonlySet<ProblemCode> = new Set(['WRONG_SECRET', 'LOCKED', 'OUTCOME_UNKNOWN']);

/**
 * Counts a try at each subject before it is made, in all processes together and whoever tries, and takes back what
 * turns out not to count.
 * @throws ProviderError RATE_LIMITED, with nothing tried, when it is one too many
 */
export async function limitAttempts<Result>(
  records: RecordStore,
  checks: readonly SecretCheck[],
  work: () => Promise<Result>,
): Promise<Result> {
  const counted: SecretCheck[] = [];
  try {
    for (const check of checks) {
      counted.push(check);
      const { limit, windowMs } = check.policy;
      if ((await count(records, check, 1)) > limit)
        throw new ProviderError('RATE_LIMITED', { ...check.refusal, retryAfterMs: windowMs });
    }
  } catch (error) {
    await takeBack(records, counted);
    throw error;
  }
  const doubtful = counted.filter(({ counts }) => counts === 'WRONG');
  try {
    const result = await work();
    await takeBack(records, doubtful);
    return result;
  } catch (error) {
    const wasTried = !(error instanceof ProviderError) || MAY_BE_WRONG.has(error.code);
    if (!wasTried) await takeBack(records, doubtful);
    throw error;
  }
}

/** Where that fails, somebody may try once less: what was done stands. */
async function takeBack(records: RecordStore, counted: readonly SecretCheck[]): Promise<void> {
  await Promise.allSettled(counted.map((check) => count(records, check, -1)));
}

function count(records: RecordStore, { subject, policy }: SecretCheck, by: number): Promise<number> {
  const hash = createHash('sha256').update(JSON.stringify(subject)).digest('base64url');
  return records.increment(`attempts:${hash}`, policy.windowMs, by);
}
