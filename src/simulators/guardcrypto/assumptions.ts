/**
 * What no document shows: guesses of the dossier (marked "assumed" there) which the simulator has to settle somehow.
 * Nothing outside this file repeats them, so a fact learned later is one change.
 */
export const ASSUMED = {
  /** Idle time after which an App Suite session ends, in milliseconds. */
  sessionIdleMs: 60 * 60 * 1000,
  /** Wrong passwords in a row that lock an account. */
  wrongPasswordLimit: 5,
  /** How long it stays locked, in milliseconds. */
  lockMs: 10 * 60 * 1000,
  /** `com.openexchange.guard.exposedKeyDurationInHours`. */
  exposedKeyHours: 168,
  /** Of a new key, in seconds: 3650 days. */
  keyValidSeconds: 315_360_000,
  /** Of a certificate made by `createCertificate`, in milliseconds. */
  certificateValidMs: 365 * 24 * 60 * 60 * 1000,
  /** What `auth` holds when it is not a token. */
  authStatus: {
    noKey: 'No Key',
    passwordNeeded: 'Password Needed',
    badPassword: 'Bad Password',
    lockout: 'Lockout',
  },
  /** Plain string answers. */
  answers: { done: 'OK', resetToSecondary: 'ok', resetToPrimary: 'primary', noRecovery: 'NoRecovery' },
  /** Header that tells the outcome in a mail which `verify` gives back. */
  resultHeader: 'X-Guard-Signature-Result',
  /** Content type of a downloaded key. */
  armorType: 'application/pgp-keys',
  /** Between the ids of an external ring. */
  idSeparator: ' ',
  /** Length of generated passwords, in characters. */
  generatedPasswordLength: 10,
  /** Shortest password, in characters. */
  minPasswordLength: 6,
} as const;

/** Where a recipient's key comes from, and how far that is trusted (dossier section 3.2, `KeySource`). */
export const TRUST_LEVELS = {
  GUARD_KEY_PAIR: 5,
  GUARD_USER_UPLOADED: 4,
  HKP_PUBLIC_SERVER: 1,
  WKS_SERVER: 3,
  AUTOCRYPT_KEY: 3,
  AUTOCRYPT_KEY_USER_VERIFIED: 5,
} as const;

export type KeySourceName = keyof typeof TRUST_LEVELS;

/** The lowest level that is trusted. */
export const TRUSTED_FROM = 4;

const CATEGORIES = {
  USER_INPUT: 1,
  CONFIGURATION: 2,
  PERMISSION_DENIED: 3,
  TRY_AGAIN: 4,
  SERVICE_DOWN: 5,
  ERROR: 8,
} as const;

type Category = keyof typeof CATEGORIES;

interface ErrorText {
  readonly code: string;
  readonly category: Category;
  /** Localised for users on a real server. */
  readonly text: string;
  /** Technical, always English. */
  readonly description: string;
}

const error = (code: string, category: Category, text: string, description: string): ErrorText => ({
  code,
  category,
  text,
  description,
});

/** Errors in the envelope (dossier section 4.3). */
export const ERRORS = {
  sessionExpired: error(
    'SES-0203',
    'TRY_AGAIN',
    'Your session expired. Please login again.',
    'The session does not exist.',
  ),
  wrongLogin: error(
    'LGI-0006',
    'USER_INPUT',
    'The user name or password is incorrect.',
    'Invalid credentials.',
  ),
  unknownAction: error('SVL-0001', 'USER_INPUT', 'The request is invalid.', 'Unknown action.'),
  missingField: error('SVL-0002', 'USER_INPUT', 'The request is incomplete.', 'Missing parameter.'),
  badPassword: error('GRD-AUTH-0001', 'USER_INPUT', 'Bad password.', 'The password does not open the key.'),
  lockedOut: error(
    'GRD-AUTH-0002',
    'PERMISSION_DENIED',
    'Your account is temporarily locked.',
    'Too many wrong passwords.',
  ),
  noToken: error(
    'GRD-AUTH-0003',
    'USER_INPUT',
    'Authentication is required.',
    'The session has no valid authentication token.',
  ),
  passwordTooShort: error(
    'GRD-AUTH-0004',
    'USER_INPUT',
    'The password is too short.',
    'Shorter than min_password_length.',
  ),
  keyNotFound: error('GRD-KEYS-0001', 'USER_INPUT', 'The key could not be found.', 'Key not found.'),
  unreadableKey: error('GRD-KEYS-0002', 'USER_INPUT', 'The file holds no usable key.', 'Not parseable.'),
  deletionNotAllowed: error(
    'GRD-KEYS-0003',
    'PERMISSION_DENIED',
    'Deleting private keys is not allowed.',
    'Refused by the setting noDeletePrivate.',
  ),
  alreadyRevoked: error('GRD-KEYS-0004', 'USER_INPUT', 'The key is revoked already.', 'Already revoked.'),
  certificateNotFound: error(
    'GRD-SMIME-0001',
    'USER_INPUT',
    'The certificate could not be found.',
    'Certificate not found.',
  ),
  wrongContainerPassword: error(
    'GRD-SMIME-0002',
    'USER_INPUT',
    'The password of the certificate file is wrong.',
    'The integrity check of the PKCS12 file failed.',
  ),
  noCertificateService: error(
    'GRD-SMIME-0003',
    'CONFIGURATION',
    'Certificates cannot be created.',
    'No PKI service is configured for this user.',
  ),
  internal: error('GRD-CORE-0001', 'ERROR', 'An error occurred.', 'Unexpected error.'),
  missingParameter: error(
    'GRD-CORE-0002',
    'USER_INPUT',
    'The request is incomplete.',
    'Parameter missing or wrong.',
  ),
  serviceDown: error(
    'GRD-CORE-0003',
    'SERVICE_DOWN',
    'The service is currently not available.',
    'The key directory does not answer.',
  ),
} as const satisfies Record<string, ErrorText>;

export type ErrorName = keyof typeof ERRORS;

/** The legacy number of an error's category. */
export function categoryNumber(name: ErrorName): number {
  return CATEGORIES[ERRORS[name].category];
}
