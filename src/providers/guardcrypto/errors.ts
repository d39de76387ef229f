import { z } from 'zod';
import { ProviderError } from '../../provider-error.js';
import type { ProblemCode } from '../../provider-error.js';
import type { HttpResponse } from '../kit/http-response.js';
import { errorFromStatus } from '../kit/status-error.js';
import type { CallKind } from '../kit/transport-error.js';
import type { Plane } from './operations.js';

export const PROVIDER = 'guardcrypto';

/** Codes of the provider, or their beginnings, to what they mean; the longest that fits counts. */
export type ErrorCodes = Readonly<Record<string, ProblemCode>>;

/** What is known of the codes (dossier 4.3). Those of Guard itself are not public: all `GRD-` ones are assumed. */
export const ERROR_CODES: ErrorCodes = {
  'SES-': 'CREDENTIAL_EXPIRED',
  'LGI-0006': 'WRONG_SECRET',
  'SVL-0001': 'NOT_SUPPORTED',
  'SVL-0002': 'INVALID_INPUT',
  'GUARD-0005': 'NOT_FOUND',
  'GUARD-0007': 'PROVIDER_UNAUTHENTICATED',
  'GRD-AUTH-0001': 'WRONG_SECRET',
  'GRD-AUTH-0002': 'LOCKED',
  'GRD-AUTH-0003': 'SIGN_IN_REQUIRED',
  'GRD-AUTH-0004': 'INVALID_INPUT',
  'GRD-KEYS-0001': 'NOT_FOUND',
  'GRD-KEYS-0002': 'INVALID_INPUT',
  'GRD-KEYS-0003': 'FORBIDDEN',
  'GRD-KEYS-0004': 'ALREADY_COMPLETED',
  'GRD-SMIME-0001': 'NOT_FOUND',
  'GRD-SMIME-0002': 'WRONG_SECRET',
  'GRD-SMIME-0003': 'NOT_SUPPORTED',
  'GRD-CORE-0002': 'INVALID_INPUT',
};

/** What a category means where the code says nothing. Failures are left to `fromEnvelope`. */
const CATEGORIES: Readonly<Record<string, ProblemCode>> = {
  USER_INPUT: 'PROVIDER_REJECTED',
  PERMISSION_DENIED: 'FORBIDDEN',
  CONFIGURATION: 'NOT_SUPPORTED',
  CONFLICT: 'CONFLICT',
  CAPACITY: 'QUOTA_EXCEEDED',
  TRUNCATED: 'TOO_LARGE',
};

/** The server may have stopped half way, so a write may have happened. */
const FAILURES: ReadonlySet<string> = new Set(['TRY_AGAIN', 'SERVICE_DOWN', 'CONNECTIVITY', 'ERROR']);

const MESSAGES: Partial<Record<ProblemCode, string>> = {
  SIGN_IN_REQUIRED: 'The key must be open: attach a token with createGuardToken first.',
  INVALID_INPUT: 'The provider refuses a value that was entered.',
};

const envelope = z.object({
  error: z.union([z.string().min(1), z.record(z.string(), z.unknown())]),
  code: z.string().nullish(),
  categories: z.union([z.string(), z.array(z.string())]).nullish(),
  data: z.unknown().optional(),
});

/** How a call was made, as far as errors depend on it. */
export interface FailedCall {
  readonly kind: CallKind;
  readonly plane: Plane;
  readonly errorCodes: ErrorCodes;
}

/** The error in a JSON answer; undefined when it is none, or only a warning beside data (dossier 4.1). */
export function fromEnvelope(json: unknown, { kind, errorCodes }: FailedCall): ProviderError | undefined {
  const parsed = envelope.safeParse(json);
  if (!parsed.success) return undefined;
  const { code, categories, data } = parsed.data;
  const [category = ''] = [categories ?? ''].flat();
  if (category === 'WARNING' && data !== undefined && data !== null) return undefined;
  const failed = kind === 'write' ? 'OUTCOME_UNKNOWN' : 'PROVIDER_UNAVAILABLE';
  const problem =
    meaningOf(code ?? '', errorCodes) ??
    CATEGORIES[category] ??
    (FAILURES.has(category) ? failed : 'PROVIDER_REJECTED');
  return new ProviderError(problem, {
    provider: PROVIDER,
    // A code is a word; whatever else stands there could be text.
    providerCode: code && /^[A-Z]{2,10}(-[A-Z]{1,10})?-\d{1,6}$/.test(code) ? code : category || undefined,
    message: MESSAGES[problem],
    reason: problem === 'INVALID_INPUT' ? 'REFUSED' : undefined,
  });
}

function meaningOf(code: string, codes: ErrorCodes): ProblemCode | undefined {
  const [longest] = Object.keys(codes)
    .filter((beginning) => code.startsWith(beginning))
    .sort((a, b) => b.length - a.length);
  return longest === undefined ? undefined : codes[longest];
}

/** What an answer means whose status is no success (dossier 4.2). */
export function fromStatus(response: HttpResponse, call: FailedCall): ProviderError {
  const { status } = response;
  const providerCode = `HTTP_${status}`;
  const inEnvelope = jsonOf(response);
  const told = inEnvelope === undefined ? undefined : fromEnvelope(inEnvelope, call);
  if (told) return told;
  if (call.plane === 'user' && (status === 401 || status === 403))
    return new ProviderError('CREDENTIAL_EXPIRED', { provider: PROVIDER, providerCode });
  if (status === 404 || (status === 500 && /^unknown action$/i.test(response.text().trim())))
    return new ProviderError('NOT_SUPPORTED', {
      provider: PROVIDER,
      providerCode: status === 404 ? providerCode : 'UNKNOWN_ACTION',
      message: 'The provider does not know this operation by the path and action it is configured with.',
    });
  if (status === 400) return new ProviderError('PROVIDER_REJECTED', { provider: PROVIDER, providerCode });
  return errorFromStatus(status, { provider: PROVIDER, kind: call.kind });
}

function jsonOf(response: HttpResponse): unknown {
  try {
    return response.json();
  } catch {
    return undefined;
  }
}
