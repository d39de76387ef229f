import { ProviderError } from '../../provider-error.js';
import type { ProblemCode } from '../../provider-error.js';
import type { CallKind } from './transport-error.js';

export interface StatusErrorOptions {
  readonly provider: string;
  readonly kind: CallKind;
  /** From `retryAfterMs()`. */
  readonly retryAfterMs?: number | undefined;
}

const CODES: Readonly<Record<number, ProblemCode>> = {
  401: 'PROVIDER_UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  414: 'TOO_LARGE',
  429: 'RATE_LIMITED',
  431: 'TOO_LARGE',
  501: 'NOT_SUPPORTED',
};

/**
 * What a status means where the provider gives it no meaning of its own. A write that ended in a server's failure
 * may have happened, so it is OUTCOME_UNKNOWN.
 */
export function errorFromStatus(status: number, options: StatusErrorOptions): ProviderError {
  const { provider, kind, retryAfterMs } = options;
  const failed = kind === 'write' ? 'OUTCOME_UNKNOWN' : 'PROVIDER_UNAVAILABLE';
  const strange = kind === 'write' && status < 400 ? 'OUTCOME_UNKNOWN' : 'PROVIDER_PROTOCOL';
  const code = CODES[status] ?? (status >= 500 ? failed : strange);
  return new ProviderError(code, { provider, providerCode: `HTTP_${status}`, retryAfterMs });
}
