import { ProviderError } from '../../provider-error.js';
import type { ProblemCode } from '../../provider-error.js';

/** HTTP status of every business error (dossier section 4). */
export const BUSINESS_ERROR_STATUS = 420;

/** Business error codes that can concern messaging. Which case yields which code is (assumed) by the dossier. */
const BUSINESS_CODES: Readonly<Record<string, ProblemCode>> = {
  MALFORMED_INPUT: 'INVALID_INPUT',
  UNSUPPORTED_API_VERSION: 'NOT_SUPPORTED',
  CERTIFICATE_REVOKED: 'PROVIDER_UNAUTHENTICATED',
  FORBIDDEN: 'FORBIDDEN',
  SUBSCRIPTION_EXPIRED: 'QUOTA_EXCEEDED',
  NOT_SUBSCRIBED_TO_SERVICE: 'NOT_SUPPORTED',
  INSUFFICIENT_BALANCE: 'QUOTA_EXCEEDED',
  INVALID_SESSION_ID: 'NOT_FOUND',
  NOT_FOUND: 'NOT_FOUND',
  ALREADY_COMPLETED: 'ALREADY_COMPLETED',
  TIMEOUT: 'ALREADY_COMPLETED',
  NO_DEVICE: 'PROVIDER_REJECTED',
  USER_DISABLED: 'PROVIDER_REJECTED',
  SERVICE_UNAVAILABLE: 'PROVIDER_UNAVAILABLE',
  ERROR: 'PROVIDER_REJECTED',
};

/** The problem behind a business error code; an unknown code is a plain no. */
export function fromBusinessCode(code: string): ProviderError {
  return new ProviderError(BUSINESS_CODES[code] ?? 'PROVIDER_REJECTED', {
    provider: 'messaging2fa',
    providerCode: code,
  });
}
