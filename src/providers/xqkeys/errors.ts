import { z } from 'zod';
import { ProviderError } from '../../provider-error.js';
import type { ProblemReason } from '../../problem-reason.js';
import type { ProblemCode } from '../../provider-error.js';
import type { HttpResponse } from '../kit/http-response.js';
import { errorFromStatus } from '../kit/status-error.js';
import type { CallKind } from '../kit/transport-error.js';

export const PROVIDER = 'xqkeys';

/** What a refusal is to the caller. */
export interface Meaning {
  readonly code: ProblemCode;
  /** A sentence of ours, where the general one of the code says too little. */
  readonly message?: string;
  /** The input field at fault. */
  readonly path?: readonly string[];
  readonly reason?: ProblemReason;
}

/** Statuses to which an operation gives a meaning of its own. */
export type Meanings = Readonly<Record<number, Meaning>>;

/** What the statuses mean where an operation says nothing else (dossier section 4; most numbers are assumed there). */
const MEANINGS: Meanings = {
  400: {
    code: 'INVALID_INPUT',
    reason: 'REFUSED',
    message: 'The provider refuses a value that was entered.',
  },
  401: { code: 'CREDENTIAL_EXPIRED' },
  403: { code: 'FORBIDDEN' },
  404: { code: 'NOT_FOUND' },
  409: { code: 'CONFLICT' },
  410: { code: 'NOT_FOUND' },
};

/** The one reason that is published word for word besides that of a bad packet. */
const BAD_API_KEY = 'Failed to locate API key';

const reason = z.object({ status: z.string() });

export interface AnswerContext {
  readonly kind: CallKind;
  /** Whether a token of the caller was sent: without one a 401 speaks of our API key. */
  readonly hasToken: boolean;
  readonly meanings?: Meanings | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** What an answer means that is no success. The status is the code; the reason never reaches a client. */
export function fromAnswer(response: HttpResponse, context: AnswerContext): ProviderError {
  const { kind, hasToken, meanings, retryAfterMs } = context;
  const { status } = response;
  const providerCode = `HTTP_${status}`;
  const isOurs = status === 401 && (reasonOf(response) === BAD_API_KEY || (!hasToken && !meanings?.[401]));
  if (isOurs) return new ProviderError('PROVIDER_UNAUTHENTICATED', { provider: PROVIDER, providerCode });
  const meaning = meanings?.[status] ?? MEANINGS[status];
  if (!meaning) return errorFromStatus(status, { provider: PROVIDER, kind, retryAfterMs });
  const { code, ...rest } = meaning;
  return new ProviderError(code, { ...rest, provider: PROVIDER, providerCode });
}

/** An older way to say no: a success whose JSON carries a status other than OK (dossier section 4). */
export function fromStatusText(body: unknown): ProviderError | undefined {
  const parsed = reason.safeParse(body);
  if (!parsed.success || parsed.data.status === 'OK') return undefined;
  return new ProviderError('PROVIDER_REJECTED', { provider: PROVIDER, providerCode: 'STATUS_NOT_OK' });
}

function reasonOf(response: HttpResponse): string | undefined {
  try {
    return reason.safeParse(response.json()).data?.status;
  } catch {
    return undefined;
  }
}
