/** Status codes of an answer (dossier section 4.2): our names for them, and what they mean. */
export const STATUSES = {
  '0000': ['SUCCESS', 'Done.'],
  '6001': ['INVALID_ACCOUNT', 'The account is unknown, inactive, or we may not act for it.'],
  '6002': ['USER_EXISTS', 'There is a user of this id already.'],
  '6003': ['USER_NOT_FOUND', 'There is no user of this id.'],
  '6004': ['CREDENTIAL_NOT_FOUND', 'The provider does not know the credential.'],
  '6005': ['INTERNAL_ERROR', 'Trouble at the provider.'],
  '6006': ['INVALID_CREDENTIAL_TYPE', 'The credential is of another type.'],
  '6007': ['NOT_BOUND', 'The credential is not bound to the user.'],
  '6008': ['NO_ENABLED_CREDENTIAL', 'The user has no enabled credential of the kind that is needed.'],
  '6009': ['AUTHENTICATION_FAILED', 'The code is not right; of a risk evaluation: the sign-in is risky.'],
  '600A': ['CREDENTIAL_TYPE_NOT_SUPPORTED', 'Not possible with credentials of this type.'],
  '600B': ['INVALID_REQUEST', 'A value breaks a rule of the provider.'],
  '600D': ['CREDENTIAL_NOT_USABLE', 'The credential is locked, or not usable for another reason.'],
  '600E': ['CERTIFICATE_REVOKED', 'Our client certificate is revoked.'],
  '6010': ['NOT_AUTHORIZED', 'The account is not allowed to do this.'],
  '6011': ['TOO_MANY_CREDENTIALS', 'The user has as many credentials as allowed.'],
  '6012': ['TOO_MANY_CREDENTIALS_OF_TYPE', 'The user has as many credentials as allowed.'],
  '6015': ['INVALID_PHONE_NUMBER', 'The phone number is not valid.'],
  '6017': ['TEMPORARY_PASSWORD_NOT_SET', 'The user has no temporary password.'],
  '601B': ['WRONG_USER_STATUS', 'Not possible while the user is locked or disabled.'],
  '601F': ['INVALID_PIN', 'The PIN is not right.'],
  '6020': ['PIN_POLICY', 'The PIN does not meet the policy of the account.'],
  '6021': ['PIN_NOT_ENABLED', 'The user has no PIN, or the account has no PINs.'],
  '6026': ['ALREADY_REGISTERED', 'The credential is registered already.'],
  '6040': ['PUSH_SENT', 'The push was sent: success of the push operations.'],
} as const satisfies Readonly<Record<string, readonly [name: string, description: string]>>;

/** Detail codes (dossier section 4.3). */
export const DETAILS = {
  '49B5': ['INVALID_OTP', 'The one-time code is not right.'],
  '4E1B': ['ALREADY_ACTIVATED', 'The token has been activated already.'],
  '7120': ['LOCAL_AUTHENTICATION_CANCELLED', 'Local authentication on the phone was cancelled.'],
  '7121': ['LOCAL_AUTHENTICATION_FAILED', 'Local authentication on the phone failed.'],
  '7122': ['LOCAL_AUTHENTICATION_NOT_SUPPORTED_BY_DEVICE', 'The phone cannot authenticate locally.'],
  '7123': ['LOCAL_AUTHENTICATION_NOT_CONFIGURED', 'Local authentication is not set up on the phone.'],
  '7124': ['LOCAL_AUTHENTICATION_NOT_SUPPORTED_BY_CLIENT', 'The app cannot authenticate locally.'],
  '7125': ['LOCAL_AUTHENTICATION_NOT_PERFORMED', 'Local authentication did not take place.'],
  '7140': ['NUMBERS_CHALLENGE_PENDING', 'The numbers challenge is pending.'],
  '7141': ['NUMBERS_CHALLENGE_FAILED', 'The numbers challenge failed.'],
} as const satisfies Readonly<Record<string, readonly [name: string, description: string]>>;

/** States of a push (dossier section 5.1). Those which no source calls final are (assumed) to be. */
export const PUSH_STATUSES = {
  '7001': ['PENDING', 'Nobody has answered yet.'],
  '7000': ['APPROVED', 'The user said yes.'],
  '7002': ['DENIED', 'The user said no.'],
  '7003': ['CHANGED', 'The request has changed.'],
  '7004': ['EXPIRED', 'The time for an answer is over.'],
  '7005': ['NOT_FOUND', 'The provider no longer knows the push; how it ended is lost.'],
  '7006': ['NOT_COMPLETED', 'The phone could not complete it.'],
  '7008': ['PARAMETERS_NOT_MET', 'The user could not be authenticated by the requested parameters.'],
} as const satisfies Readonly<Record<string, readonly [name: string, description: string]>>;

type Table = Readonly<Record<string, readonly [name: string, description: string]>>;

/** Our name for a code; `UNKNOWN` for one that is in no source. */
export function nameOf(table: Table, code: string): string {
  return (Object.hasOwn(table, code) ? table[code]?.[0] : undefined) ?? 'UNKNOWN';
}
