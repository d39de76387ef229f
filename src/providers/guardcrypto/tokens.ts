import type { Access, CryptoType } from './access.js';
import { requireToken } from './account.js';
import type { Api } from './api.js';
import { readAuth } from './auth-word.js';
import type { GuardAnswer } from './answer.js';
import type { PasswordSealer } from './password-sealer.js';
import { authToken } from './wire/account.js';

/** `minutesValid` of a token that vanishes with its first use. */
export const SINGLE_USE = -1;
/** Of one that lasts until the session ends. */
export const WHOLE_SESSION = 0;

/** A token that lets the server use a private key. */
export interface AuthToken {
  /** Secret. */
  readonly auth: string;
  /** `SINGLE_USE`, `WHOLE_SESSION`, or minutes from `createdAt`. */
  readonly minutesValid: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number | null;
}

/** Authentication tokens of a session (dossier 2.6). */
export interface TokenCalls {
  /** Null when none is attached. */
  attached(access: Access, type: CryptoType): Promise<AuthToken | null>;
  /** @param minutesValid null: the token is made, yet not attached to the session */
  create(access: Access, type: CryptoType, password: string, minutesValid: number | null): Promise<AuthToken>;
  attach(access: Access, type: CryptoType, auth: string, minutesValid: number): Promise<AuthToken>;
  detach(access: Access, type: CryptoType): Promise<void>;
}

export function tokenCalls(api: Api, sealer: PasswordSealer): TokenCalls {
  return {
    async attached(access, type) {
      return toToken(await api.call('checkAuthToken', access, { type }));
    },
    async create(access, type, password, minutesValid) {
      return made(await sealer.call('createAuthToken', access, { type, minutesValid }, password));
    },
    async attach(access, type, auth, minutesValid) {
      return made(await api.call('saveAuthToken', access, { auth, minutesValid, type }));
    },
    async detach(access, type) {
      const values = { auth: '', minutesValid: WHOLE_SESSION, type };
      const answer = await api.call('saveAuthToken', access, values);
      if (toToken(answer) !== null) throw answer.notUnderstood('a token is still attached');
    },
  };
}

/** The token; a word in its place says why there is none. @throws ProviderError */
function made(answer: GuardAnswer): AuthToken {
  const token = toToken(answer);
  if (token !== null) return token;
  const word = answer.data(authToken)?.auth;
  if (word) requireToken(word);
  throw answer.notUnderstood('there is no token');
}

function toToken(answer: GuardAnswer): AuthToken | null {
  const wire = answer.data(authToken);
  const token = readAuth(wire?.auth ?? null).token;
  if (token === null) return null;
  return {
    auth: token,
    minutesValid: wire?.minutesValid ?? WHOLE_SESSION,
    createdAt: wire?.createdOn ?? null,
  };
}
