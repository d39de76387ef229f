import { ProviderError } from '../../provider-error.js';
import type { ProblemReason } from '../../problem-reason.js';
import type { ProblemCode } from '../../provider-error.js';
import { notUnderstood as notUnderstoodOf } from '../kit/parse.js';
import type { WireSource } from '../kit/wire-source.js';
import type { CallKind } from '../kit/transport-error.js';
import { OPERATIONS } from './operations.js';
import type { OperationName } from './operations.js';

export const PROVIDER = 'vipidentity';

/** What the status codes mean to a caller (dossier sections 4.2 and 4.4). */
const CODES: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>(
  Object.entries({
    '6001': 'FORBIDDEN',
    '6002': 'CONFLICT',
    '6003': 'NOT_FOUND',
    '6004': 'NOT_FOUND',
    '6006': 'INVALID_INPUT',
    '6007': 'NOT_FOUND',
    '6008': 'PROVIDER_REJECTED',
    '6009': 'WRONG_SECRET',
    '600A': 'NOT_SUPPORTED',
    '600B': 'INVALID_INPUT',
    '600D': 'LOCKED',
    '600E': 'PROVIDER_UNAUTHENTICATED',
    '6010': 'FORBIDDEN',
    '6011': 'QUOTA_EXCEEDED',
    '6012': 'QUOTA_EXCEEDED',
    '6015': 'INVALID_INPUT',
    '6017': 'NOT_FOUND',
    '601B': 'LOCKED',
    '601F': 'WRONG_SECRET',
    '6020': 'INVALID_INPUT',
    '6021': 'NOT_SUPPORTED',
    '6026': 'CONFLICT',
  } as const),
);

/** Where the general sentence of the code would say too much, or the wrong thing. */
const MESSAGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '6002': 'There is a user of this id already.',
    '6003': 'There is no user of this id.',
    '6004': 'The provider does not know the credential.',
    '6006': 'The credential is of another type.',
    '6007': 'The credential is not bound to the user.',
    '6008': 'The user has no enabled credential of the kind that is needed.',
    '600B': 'The provider found a value that breaks its rules.',
    '600D': 'The credential is locked, or not usable for another reason.',
    '6015': 'The phone number is not valid.',
    '6017': 'The user has no temporary password.',
    '601B': 'Not possible while the user is locked or disabled.',
    '6020': 'The PIN does not meet the policy of the account.',
    '6021': 'The user has no PIN, or the account has no PINs.',
    '6026': 'The credential is registered already.',
  }),
);

const REASONS: ReadonlyMap<string, ProblemReason> = new Map<string, ProblemReason>(
  Object.entries({
    '6002': 'TAKEN',
    '6006': 'NOT_ALLOWED',
    '6007': 'NOT_SET',
    '600B': 'REFUSED',
    '6015': 'MALFORMED',
    '6017': 'NOT_SET',
    '601B': 'WRONG_STATE',
    '6020': 'NOT_ALLOWED',
    '6021': 'NOT_SET',
    '6026': 'TAKEN',
  } as const),
);

type Field = readonly [element: string, path: readonly string[]];

const USER: Field = ['userId', ['userId']];
const CREDENTIAL: Field = ['credentialId', ['credentialId']];
const NEW_CREDENTIAL: Field = ['credentialDetail', ['credentialId']];
/** A telephone is a credential too. */
const PHONES: readonly Field[] = [
  ['smsDeliveryInfo', ['sms', 'phoneNumber']],
  ['voiceDeliveryInfo', ['voice', 'phoneNumber']],
];

/** Elements of a request that a status speaks of, and what our callers call them: the first that was sent is meant. */
const FIELDS: ReadonlyMap<string, readonly Field[]> = new Map<string, readonly Field[]>(
  Object.entries({
    '6002': [['newUserId', ['newUserId']], USER],
    // Element names of risk calls start with a capital.
    '6003': [USER, ['UserId', ['userId']]],
    '6004': [CREDENTIAL, NEW_CREDENTIAL, ...PHONES],
    '6007': [CREDENTIAL, ...PHONES],
    '6015': PHONES,
    '6020': [
      ['newPin', ['newPin']],
      ['pin', ['pin']],
    ],
    '6026': [NEW_CREDENTIAL, CREDENTIAL],
  } as const),
);

function isGiven(request: object, element: string): boolean {
  return Object.entries(request).some(
    ([name, value]) => name === element && value !== undefined && value !== null,
  );
}

/** A refusal as it is kept in `ProviderError.providerCode`. */
export interface Refusal {
  /** Four upper-case hexadecimal digits. */
  readonly status: string;
  readonly detail: string | null;
}

/** The error behind a status that is not success; an unknown one is a plain no. */
export function fromStatus({ status, detail }: Refusal, kind: CallKind, request: object = {}): ProviderError {
  // Trouble at the provider does not prove that a write did not happen.
  const trouble = kind === 'write' ? 'OUTCOME_UNKNOWN' : 'PROVIDER_UNAVAILABLE';
  return new ProviderError(status === '6005' ? trouble : (CODES.get(status) ?? 'PROVIDER_REJECTED'), {
    provider: PROVIDER,
    providerCode: detail === null ? status : `${status}/${detail}`,
    message: MESSAGES.get(status),
    reason: REASONS.get(status),
    path: FIELDS.get(status)?.find(([element]) => isGiven(request, element))?.[1],
  });
}

/** The refusal that `fromStatus` has written down; null for a failure of another kind. */
export function refusalOf(providerCode: string | null | undefined): Refusal | null {
  const [, status, detail] = /^([0-9A-F]{4})(?:\/([0-9A-F]+))?$/.exec(providerCode ?? '') ?? [];
  return status === undefined ? null : { status, detail: detail ?? null };
}

/** Who answered what. */
export function sourceOf(operation: OperationName): WireSource {
  return { provider: PROVIDER, operation, kind: OPERATIONS[operation].kind };
}

/** The answer cannot be relied on: whatever it says, it is not a yes. `status` is that of the answer. */
export function notUnderstood(operation: OperationName, reason: string, status?: string): ProviderError {
  return notUnderstoodOf(sourceOf(operation), reason, status);
}
