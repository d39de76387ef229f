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

/** Something that is about to be done, and must not be done often. */
export interface AttemptCheck {
  /** To whom, for example provider, account and user; only its hash is kept. */
  readonly subject: readonly (string | null)[];
  readonly policy: AttemptPolicy;
  /** Every try, where the try itself bothers somebody; or those alone that may have been wrong. */
  readonly counts: 'ALL' | 'WRONG';
  /** A right one makes the wrong ones before it forgotten. Default false. */
  readonly isForgiving?: boolean;
  /** What the refusal says; default: the sentence of its code, and no field. */
  readonly refusal?: { readonly message: string; readonly path: readonly string[] };
}

/** After these a secret was wrong, or nobody knows that it was not. */
const MAY_BE_WRONG: ReadonlySet<ProblemCode> = new Set(['WRONG_SECRET', 'LOCKED', 'OUTCOME_UNKNOWN']);

/**
 * Counts a try at each subject before it is made, in all processes together, and takes back what turns out not to count.
 * @throws ProviderError RATE_LIMITED, with nothing tried, when it is one too many: for as long as none of the counts
 * allows one more
 */
export async function limitAttempts<Result>(
  records: RecordStore,
  checks: readonly AttemptCheck[],
  work: () => Promise<Result>,
): Promise<Result> {
  const counted = await Promise.allSettled(checks.map((check) => count(records, check, 1)));
  const failed = counted.find((one) => one.status === 'rejected');
  const refusals = checks.flatMap((check, index) => {
    const one = counted[index];
    return one?.status === 'fulfilled' && one.value.count > check.policy.limit
      ? [{ ...check.refusal, retryAfterMs: one.value.resetMs }]
      : [];
  });
  if (failed || refusals.length > 0) {
    await takeBack(
      records,
      checks.filter((_check, index) => counted[index]?.status === 'fulfilled'),
    );
    if (failed) throw failed.reason;
    throw new ProviderError(
      'RATE_LIMITED',
      refusals.reduce((longest, one) => (one.retryAfterMs > longest.retryAfterMs ? one : longest)),
    );
  }
  const doubtful = checks.filter(({ counts }) => counts === 'WRONG');
  try {
    const result = await work();
    await takeBack(records, doubtful, true);
    return result;
  } catch (error) {
    const wasTried = !(error instanceof ProviderError) || MAY_BE_WRONG.has(error.code);
    if (!wasTried) await takeBack(records, doubtful);
    throw error;
  }
}

/** Names a subject without telling who that is. */
export function hashOf(subject: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(subject)).digest('base64url');
}

/** Where that fails, somebody may try once less: what was done stands. */
async function takeBack(
  records: RecordStore,
  counted: readonly AttemptCheck[],
  wasRight = false,
): Promise<void> {
  await Promise.allSettled(
    counted.map((check) =>
      count(records, check, wasRight && check.isForgiving ? -check.policy.limit - 1 : -1),
    ),
  );
}

function count(
  records: RecordStore,
  { subject, policy }: AttemptCheck,
  by: number,
): ReturnType<RecordStore['increment']> {
  return records.increment(`attempts:${hashOf(subject)}`, policy.windowMs, by);
}
