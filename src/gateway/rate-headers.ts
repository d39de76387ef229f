import type { ServerResponse } from 'node:http';
import type { RateState } from '../rates/rates.js';

/** What clients are told by, besides the answer (draft-ietf-httpapi-ratelimit-headers-06, RFC 9110). */
export const RATE_HEADERS = [
  ...['ratelimit-policy', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
  'retry-after',
] as const;

/** Of several counts the one that a client meets first, as headers. Times there are whole seconds. */
export class RateHeaders {
  #nearest: RateState | undefined;

  tell(state: RateState): void {
    if (!this.#nearest || !state.isAllowed || state.remaining < this.#nearest.remaining)
      this.#nearest = state;
  }

  writeTo(response: ServerResponse): void {
    if (!this.#nearest) return;
    const { isAllowed, limit, remaining, windowMs, resetMs } = this.#nearest;
    const resetSeconds = Math.ceil(resetMs / 1_000);
    response.setHeader('ratelimit-policy', `${limit};w=${windowMs / 1_000}`);
    response.setHeader('ratelimit-limit', limit);
    response.setHeader('ratelimit-remaining', remaining);
    response.setHeader('ratelimit-reset', resetSeconds);
    if (!isAllowed) response.setHeader('retry-after', resetSeconds);
  }
}
