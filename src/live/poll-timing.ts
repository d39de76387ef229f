import type { WatchSpec } from './ports.js';

/** The longest wait after failures, milliseconds. */
export const MAX_BACKOFF_MS = 30_000;
/** The longest wait for a provider that is down: whether it is back is found out by one call for all. Milliseconds. */
export const MAX_OUTAGE_BACKOFF_MS = 10_000;
const FIRST_BACKOFF_MS = 1_000;

/** `ms` more or less by up to a tenth, so that watches started together do not stay together. */
export function jitter(ms: number, random: () => number): number {
  return Math.round(ms * (0.9 + 0.2 * random()));
}

/** Epoch milliseconds of a poll `delayMs` from now; the first that can be the last falls exactly on the deadline. */
export function nextPollAt({ deadlineAt = Infinity }: WatchSpec, now: number, delayMs: number): number {
  return Math.min(now + delayMs, deadlineAt);
}

/** The same after a poll that has settled nothing: once the deadline is over, it does not hurry the next one any more. */
export function retryAt(spec: WatchSpec, now: number, delayMs: number): number {
  const { deadlineAt = Infinity } = spec;
  return deadlineAt > now ? nextPollAt(spec, now, delayMs) : now + delayMs;
}

/**
 * Milliseconds to wait after the `failures`-th failure in a row (from 1): doubling up to `longestMs`, between half and
 * all of it, and never less than the provider asked for.
 */
export function backoffMs(
  failures: number,
  longestMs: number,
  retryAfterMs: number | undefined,
  random: () => number,
): number {
  const longest = Math.min(longestMs, FIRST_BACKOFF_MS * 2 ** (failures - 1));
  return Math.round(Math.max(longest * (0.5 + 0.5 * random()), (retryAfterMs ?? 0) * (1 + 0.1 * random())));
}
