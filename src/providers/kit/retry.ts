import type { Clock } from '../../clock.js';
import type { Outcome } from './attempt.js';
import type { Deadline } from './deadline.js';
import { retryAfterMs } from './http-response.js';
import type { HttpResponse } from './http-response.js';
import type { CallKind } from './transport-error.js';

/** How often and when an attempt is made again. */
export interface RetryPolicy {
  /** Further attempts after the first. Default 2. */
  readonly retries: number;
  /** Upper bound of the first random wait, milliseconds; it doubles each time. Default 100. */
  readonly baseMs: number;
  /** Upper bound of every random wait, milliseconds. Default 2000. */
  readonly maxMs: number;
  /** The longest `Retry-After` that is waited for, milliseconds; after a longer one there is no further attempt. Default 2000. */
  readonly maxRetryAfterMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = { retries: 2, baseMs: 100, maxMs: 2_000, maxRetryAfterMs: 2_000 };

export interface RetryOptions {
  readonly policy: RetryPolicy;
  readonly kind: CallKind;
  /** No answer asks for another attempt: what it says, it says once. */
  readonly once: boolean;
  /** Answers to reads, besides 502, 503 and 504, that ask for another attempt. */
  readonly retryWhen?: ((response: HttpResponse) => boolean) | undefined;
  readonly deadline: Deadline;
  readonly clock: Clock;
  /** At least 0, below 1. */
  readonly random: () => number;
}

/** Makes an attempt, numbered from 1, again as long as that is allowed, promising and in time. */
export async function withRetries(
  options: RetryOptions,
  attempt: (number: number) => Promise<Outcome<HttpResponse>>,
): Promise<Outcome<HttpResponse>> {
  const { policy, deadline, clock } = options;
  for (let number = 1; ; number++) {
    const outcome = await attempt(number);
    if (number > policy.retries || !mayRepeat(outcome, options)) return outcome;
    const waitMs = waitBefore(number, outcome, options);
    if (waitMs >= deadline.leftMs()) return outcome;
    await new Promise<void>((resolve) => clock.schedule(waitMs, resolve));
  }
}

const BRIEFLY_AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

function mayRepeat(outcome: Outcome<HttpResponse>, { kind, once, retryWhen }: RetryOptions): boolean {
  if (!outcome.ok) return outcome.repeatable;
  const { answer } = outcome;
  return kind === 'read' && !once && (BRIEFLY_AWAY.has(answer.status) || retryWhen?.(answer) === true);
}

function waitBefore(number: number, outcome: Outcome<HttpResponse>, options: RetryOptions): number {
  const { policy, clock, random } = options;
  const asked = outcome.ok ? retryAfterMs(outcome.answer.headers, clock) : undefined;
  if (asked !== undefined) return asked > policy.maxRetryAfterMs ? Infinity : asked;
  // Full jitter: callers that failed together do not come back together.
  return random() * Math.min(policy.maxMs, policy.baseMs * 2 ** (number - 1));
}
