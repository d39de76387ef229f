import type { CryptoType } from '../../src/providers/guardcrypto/access.js';
import type { AuthState } from '../../src/providers/guardcrypto/auth-word.js';
import { KEY_CHANGES } from '../../src/providers/guardcrypto/keys-watch.js';
import { REVOCATION_REASONS } from '../../src/providers/guardcrypto/keys.js';
import type { RevocationReason } from '../../src/providers/guardcrypto/keys.js';
import { TOKEN_CHANGES, TOKEN_LIFETIMES } from '../../src/providers/guardcrypto/session-watch.js';
import type { ResetDestination } from '../../src/providers/guardcrypto/words.js';
import { describedEnum } from '../../src/subgraph/described-enum.js';

const TYPES: Readonly<Record<CryptoType, string>> = { PGP: 'OpenPGP.', SMIME: 'S/MIME.' };
export const GuardCryptoType = describedEnum(
  'GuardCryptoType',
  "Which of a user's two kinds of keys is meant.",
  TYPES,
);

const STATES: Readonly<Record<AuthState, string>> = {
  AUTHENTICATED: 'The password was right: there is a token.',
  NO_KEY: 'There is no key yet.',
  PASSWORD_NEEDED: 'There is a key, and its password was not given.',
  WRONG_PASSWORD: 'The password was not right.',
  LOCKED: 'Too many wrong passwords: it is locked for some time.',
  UNKNOWN: 'The provider says something this graph does not know.',
};
export const GuardKeyState = describedEnum('GuardKeyState', 'How it stands with the current key.', STATES);

export const GuardTokenLifetime = describedEnum(
  'GuardTokenLifetime',
  'How long an attached token lasts.',
  TOKEN_LIFETIMES,
);

export const GuardTokenChange = describedEnum('GuardTokenChange', 'What happened to a token.', TOKEN_CHANGES);

export const GuardKeyChangeKind = describedEnum('GuardKeyChangeKind', 'What has changed.', KEY_CHANGES);

export const GuardRevocationReason = describedEnum(
  'GuardRevocationReason',
  'Why a key is revoked.',
  Object.fromEntries(Object.entries(REVOCATION_REASONS).map(([word, text]) => [word.toUpperCase(), text])),
);

/** The reason on the wire. */
export function toWireReason(reason: string): RevocationReason {
  const word = reason.toLowerCase();
  const known = Object.keys(REVOCATION_REASONS) as RevocationReason[];
  return known.find((candidate) => candidate === word) ?? 'no_reason';
}

export const GuardExternalKeySource = describedEnum(
  'GuardExternalKeySource',
  'How the provider came to a key of somebody else.',
  { UPLOADED: 'It was uploaded.', AUTOCRYPT: 'It was collected from headers of mails.' },
);

export const GuardPrivateKeyParts = describedEnum('GuardPrivateKeyParts', 'What of a key ring is meant.', {
  PRIVATE: 'The private half.',
  PUBLIC_AND_PRIVATE: 'Both halves.',
});

export const GuardAutocryptAction = describedEnum(
  'GuardAutocryptAction',
  'What to do with a key in a header.',
  {
    REPORT: 'Only tell about it.',
    ADD: 'Store it, unless a later one is stored.',
    CONFIRM: 'Store it, and mark it as verified: the user has confirmed it.',
  },
);

const DESTINATIONS: Readonly<Record<ResetDestination, string>> = {
  SECONDARY: 'To the secondary address.',
  PRIMARY: 'To the primary address, as there is no other.',
};
export const GuardResetDestination = describedEnum(
  'GuardResetDestination',
  'Where a new password was sent to.',
  DESTINATIONS,
);
