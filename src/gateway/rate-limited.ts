import { GraphQLError } from 'graphql';
import { rateRefusal } from '../rates/rates.js';
import type { RateState } from '../rates/rates.js';

/** The answer to an operation of a caller who has had too many; over HTTP with a status of its own. */
export function rateLimited(state: RateState): GraphQLError {
  return new GraphQLError(rateRefusal(state), {
    extensions: {
      code: 'RATE_LIMITED',
      isRetryable: true,
      retryAfterMs: state.resetMs,
      http: { status: 429 },
    },
  });
}
