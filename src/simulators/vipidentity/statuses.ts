/** Texts of the outcomes (dossier section 4.2); those of the last group are stated nowhere and (assumed). */
const MESSAGES = {
  '0000': 'Success',
  '6001': 'Invalid account.',
  '6002': 'User already exists.',
  '6003': 'User does not exist.',
  '6004': 'Credential ID is not valid.',
  '6005': 'Internal error.',
  '6006': 'Invalid credential type.',
  '6007': 'No binding exists between user and credential.',
  '6008': 'User does not have any enabled credential for the given credential type.',
  '6009': 'Authentication failed.',
  '600A': 'Credential type not supported.',
  '600B': 'Schema validation failed.',
  '600E': 'Client certificate is revoked.',
  '6010': 'This account is not authorized to perform the requested operation.',
  '601B': 'Operation not allowed in current user status.',
  '601F': 'Invalid user PIN.',
  '6020': 'User PIN value does not meet policy settings for this account.',
  '6021': 'User PIN is not enabled for this account.',
  '6026': 'Credential is already registered for this account.',
  '6040': 'Mobile push request sent',

  '600D': 'Credential is not usable in its current status.',
  '6011': 'The user has the maximum number of credentials.',
  '6015': 'Phone number is not valid.',
  '6017': 'Temporary password is not set.',
} as const;

/** Outcome of a call. */
export type StatusCode = keyof typeof MESSAGES;

export function statusMessage(code: StatusCode): string {
  return MESSAGES[code];
}

/** States of a push (dossier section 5.1). */
const PUSH_MESSAGES = {
  '7000': 'Mobile push request approved by user',
  '7001': 'Mobile push request in progress',
  '7002': 'Mobile push request denied by user',
  '7003': 'Mobile push request changed',
  '7004': 'Mobile push request expired',
  '7005': 'Mobile push request not found',
  '7006': 'Mobile push request not completed',
  '7008': 'Could not authenticate user based on requested parameters',
} as const;

export type PushStatus = keyof typeof PUSH_MESSAGES;

/** The states in which a push ends. */
export const FINAL_PUSH_STATUSES = ['7000', '7002', '7003', '7004', '7006', '7008'] as const;

export type FinalPushStatus = (typeof FINAL_PUSH_STATUSES)[number];

export function pushStatusMessage(status: PushStatus): string {
  return PUSH_MESSAGES[status];
}

/** Finer codes (dossier section 4.3). */
const DETAIL_MESSAGES = {
  '49B5': 'Failed with an invalid OTP',
  '4E1B': 'Token has already been activated.',
  '7120': 'Local authentication cancelled',
  '7121': 'Local authentication failed',
  '7122': 'Local authentication not supported by device',
  '7123': 'Local authentication not configured',
  '7124': 'Local authentication not supported by client',
  '7125': 'Local authentication not performed',
} as const;

export type DetailCode = keyof typeof DETAIL_MESSAGES;

/** Details which the answer of a phone may have. */
export const PUSH_DETAILS = ['7120', '7121', '7122', '7123', '7124', '7125'] as const satisfies DetailCode[];

export function detailMessage(detail: DetailCode): string {
  return DETAIL_MESSAGES[detail];
}

/** The call is refused: the answer has only the code and its text. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: StatusCode,
    readonly detail?: DetailCode,
  ) {
    super(statusMessage(code));
  }
}
