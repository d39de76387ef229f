/** What `auth` says: a token, or how it stands with the key instead (dossier 2.2). */
export type AuthState =
  'AUTHENTICATED' | 'NO_KEY' | 'PASSWORD_NEEDED' | 'WRONG_PASSWORD' | 'LOCKED' | 'UNKNOWN';

const WORDS: Readonly<Record<string, AuthState>> = {
  'no key': 'NO_KEY',
  'password needed': 'PASSWORD_NEEDED',
  'bad password': 'WRONG_PASSWORD',
  lockout: 'LOCKED',
};

// As the provider's own client tells a token from words.
const MAX_WORD_CHARACTERS = 20;
const SOUNDS_LIKE_FAILURE = /error|bad|exceeded/i;

/** Takes a token for one only when it cannot be anything else. */
export function readAuth(auth: string | null): { readonly state: AuthState; readonly token: string | null } {
  if (auth === null || auth === '') return { state: 'UNKNOWN', token: null };
  const known = WORDS[auth.toLowerCase()];
  const isWord = auth.length <= MAX_WORD_CHARACTERS || /\s/.test(auth) || soundsLikeFailure(auth);
  if (known !== undefined || isWord) return { state: known ?? 'UNKNOWN', token: null };
  return { state: 'AUTHENTICATED', token: auth };
}

// A long token without a blank may hold such letters by chance.
function soundsLikeFailure(auth: string): boolean {
  return auth.length < 40 && SOUNDS_LIKE_FAILURE.test(auth);
}
