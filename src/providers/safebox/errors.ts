import { z } from 'zod';
import { ProviderError } from '../../provider-error.js';
import type { ProblemReason } from '../../problem-reason.js';
import type { ProblemCode, ProviderErrorOptions } from '../../provider-error.js';
import type { HttpResponse } from '../kit/http-response.js';
import { notUnderstood } from '../kit/parse.js';
import { errorFromStatus } from '../kit/status-error.js';
import type { Access } from './access.js';
import { toCamelCase } from './case.js';
import { tokenAnswer } from './wire/account.js';

export const PROVIDER = 'safebox';

/** Codes of the token call (dossier 4.2), the only ones this provider has. */
const SIGN_IN_CODES: Readonly<
  Record<number, { readonly code: ProblemCode; readonly message?: string; readonly path?: string[] }>
> = {
  101: { code: 'NOT_FOUND', message: 'The enterprise account is not known to the provider.' },
  102: { code: 'WRONG_SECRET', message: 'The user name or the password is not right.', path: ['password'] },
  106: {
    code: 'WRONG_SECRET',
    message: 'A one-time password is needed, or the given one is not right.',
    path: ['oneTimePassword'],
  },
};

/** The problem behind a refused sign-in; an unknown code is a plain no. */
export function fromSignInCode(code: number | null): ProviderError {
  const { code: problem, ...rest } = SIGN_IN_CODES[code ?? 0] ?? { code: 'PROVIDER_REJECTED' as const };
  return new ProviderError(problem, { ...rest, provider: PROVIDER, providerCode: String(code ?? 'NONE') });
}

const refusal = z.object({
  result: z.boolean().optional(),
  error: z.string().optional().catch(undefined),
  attributes: z.record(z.string(), z.unknown()).optional(),
});

/** The provider calls one field otherwise in its errors (dossier op 8). */
const FIELD_NAMES: Readonly<Record<string, string>> = { language: 'notificationLanguage' };

/** What an answer means that is not a success (dossier 4.1): the status is the code, as texts follow the language. */
export function fromAnswer(response: HttpResponse, access: Access['kind'] | undefined): ProviderError {
  const { status, source } = response;
  const providerCode = `HTTP_${status}`;
  if (source.operation === 'getUserToken' && (status === 400 || status === 401)) return notSignedIn(response);
  if (status === 401 && access === 'session') {
    return new ProviderError('CREDENTIAL_EXPIRED', { provider: PROVIDER, providerCode });
  }
  if (status === 400 || status === 422) return refused(response, providerCode);
  return errorFromStatus(status, source);
}

/** A change that is not possible now. */
export function refusedChange(): ProviderError {
  return new ProviderError('CONFLICT', { provider: PROVIDER });
}

function notSignedIn(response: HttpResponse): ProviderError {
  const answer = tokenAnswer.safeParse(toCamelCase(response.tryJson())).data;
  if (answer?.result === false) return fromSignInCode(answer.code);
  return notUnderstood({ ...response.source, kind: 'read' }, 'a refusal that does not say so');
}

function refused(response: HttpResponse, providerCode: string): ProviderError {
  const { attributes, result, error } = refusal.safeParse(response.tryJson()).data ?? {};
  const [first, ...others] = Object.entries(attributes ?? {}).slice(0, MOST_FIELDS);
  if (first) {
    const more = others.map((other) => refusedField(other, providerCode));
    return refusedField(first, providerCode, more);
  }
  if (result === false) {
    return new ProviderError('CONFLICT', {
      provider: PROVIDER,
      providerCode,
      message: 'The SafeBox is in a state, or has options, that do not allow this.',
    });
  }
  // The sentence of a call made in the name of nobody whom the account has (dossier op 28).
  if (error === 'User email not found') {
    const message = 'userEmail must be the address of a user of the account.';
    const rule = { reason: 'NOT_ALLOWED', message, path: ['userEmail'] } as const;
    return new ProviderError('INVALID_INPUT', { provider: PROVIDER, providerCode, ...rule });
  }
  return new ProviderError('PROVIDER_REJECTED', { provider: PROVIDER, providerCode });
}

/** More fields than any request has are not told. */
const MOST_FIELDS = 20;

/**
 * What the provider says of a field, in English, to what it means; dossier op 8 and the sentences of Rails, which it is
 * made with. Other languages, and other sentences, say something that is not known here.
 */
const REASONS: readonly (readonly [RegExp, ProblemReason])[] = [
  [/\b(blank|empty|required)\b/i, 'BLANK'],
  [/\balready (been taken|exists)\b/i, 'TAKEN'],
  [/\btoo long\b/i, 'TOO_LONG'],
  [/\btoo short\b/i, 'TOO_SHORT'],
  [/\b(modified|modifiable)\b/i, 'NOT_MODIFIABLE'],
  [/\b(less|greater) than\b|\bin the (past|future)\b/i, 'OUT_OF_RANGE'],
  [/\b(not included in the list|not allowed|reserved)\b/i, 'NOT_ALLOWED'],
  [/\bnot an? (valid|number)\b|\bmust be an integer\b/i, 'MALFORMED'],
  [/^is invalid\.?$/i, 'REFUSED'],
];

/** Numbers and moments: they are sent in the right form, so that only how large or how late they are can be refused. */
const MEASURES = /^(expiration(Value|Date|Time|TimeZone)|retentionPeriodValue|orderNumber)$/;

function reasonOf(name: string | undefined, text: unknown): ProblemReason | undefined {
  if (typeof text !== 'string') return undefined;
  const reason = REASONS.find(([words]) => words.test(text))?.[1];
  return reason === 'REFUSED' && MEASURES.test(name ?? '') ? 'OUT_OF_RANGE' : reason;
}

function refusedField(
  [field, texts]: readonly [string, unknown],
  providerCode: string,
  others: readonly ProviderError[] = [],
): ProviderError {
  // Names of ours only: anything else could be text of theirs.
  const name = /^[a-z_]{1,40}$/.test(field)
    ? Object.keys(Object(toCamelCase({ [field]: 0 })) as object)[0]
    : undefined;
  const [text] = Array.isArray(texts) ? (texts as unknown[]) : [texts];
  const reason = reasonOf(name, text);
  const path = name === undefined ? undefined : [FIELD_NAMES[name] ?? name];
  // What was reserved becomes one SafeBox only.
  if (name === 'guid' && reason === 'TAKEN') return openedBefore({ provider: PROVIDER, providerCode, path });
  const message = 'The provider refuses a value that was entered.';
  return new ProviderError('INVALID_INPUT', {
    provider: PROVIDER,
    providerCode,
    reason,
    message,
    path,
    others,
  });
}

/** What was reserved is a SafeBox already. */
export function openedBefore(options: ProviderErrorOptions): ProviderError {
  const message = 'The SafeBox was opened before.';
  return new ProviderError('ALREADY_COMPLETED', { reason: 'ALREADY_DONE', message, ...options });
}
