import { ProviderError } from '../../provider-error.js';
import type { ProblemCode } from '../../provider-error.js';
import type { HttpResponse } from '../kit/http-response.js';
import { notUnderstood } from '../kit/parse.js';
import { errorFromStatus } from '../kit/status-error.js';
import { businessError } from './wire.js';

export const PROVIDER = 'messaging2fa';

/** HTTP status of every business error (dossier section 4). */
const BUSINESS_ERROR_STATUS = 420;

/** Business error codes that can concern messaging. Which case yields which code is (assumed) by the dossier. */
const BUSINESS_CODES: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>(
  Object.entries({
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
  } as const),
);

/** What an answer means that is no success; an unknown business code is a plain no. */
export function fromAnswer(response: HttpResponse): ProviderError {
  const { status, source } = response;
  if (status !== BUSINESS_ERROR_STATUS) return errorFromStatus(status, source);
  const refusal = businessError.safeParse(response.tryJson()).data;
  if (!refusal) return notUnderstood({ ...source, kind: 'read' }, 'a business error without a code');
  const code = BUSINESS_CODES.get(refusal.code) ?? 'PROVIDER_REJECTED';
  return new ProviderError(code, {
    provider: PROVIDER,
    reason: code === 'INVALID_INPUT' ? 'REFUSED' : undefined,
    providerCode: refusal.code,
  });
}
