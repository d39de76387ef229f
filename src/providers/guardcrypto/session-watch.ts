import type { Clock } from '../../clock.js';
import type { Reading, WatchKind } from '../../live/watch-kind.js';
import type { SessionKey } from '../kit/with-session.js';
import type { CryptoType } from './access.js';
import { SINGLE_USE, WHOLE_SESSION } from './tokens.js';
import type { AuthToken } from './tokens.js';

/** How long an attached token lasts. */
export const TOKEN_LIFETIMES = {
  SINGLE_USE: 'It vanishes with its first use.',
  SESSION: 'It lasts until the session at the provider ends.',
  TIMED: 'It lasts for some minutes from its creation.',
} as const;

export type TokenLifetime = keyof typeof TOKEN_LIFETIMES;

/** What can happen to a token, and how it is told. */
export const TOKEN_CHANGES = {
  ATTACHED: 'A token was attached, or another one took its place.',
  EXPIRING: 'It ends within a minute.',
  EXPIRED: 'Its time is over.',
  CONSUMED:
    'A token for a single use is no longer there. That it was taken away instead cannot be told apart from outside.',
  REMOVED: 'It was taken away: by a command, a new password or the end of the session.',
} as const;

export type TokenChange = keyof typeof TOKEN_CHANGES;

/** What of a session's token is told; never the token. */
export type TokenState = {
  /** Null: none is attached. */
  readonly lifetime: TokenLifetime | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number | null;
  readonly expiresAt: number | null;
  readonly isExpiring: boolean;
  /** How the one before it ended; null while one is attached, and when there was none. */
  readonly ended: Extract<TokenChange, 'EXPIRED' | 'CONSUMED' | 'REMOVED'> | null;
};

/** One kind of token of one session. */
export type TokenKey = SessionKey & { readonly type: CryptoType };

/** Milliseconds before its end from which a token counts as expiring. */
export const EXPIRING_MS = 60_000;
const POLL_MS = 20_000;
// A moment after the end the server must know it too.
const AFTER_END_MS = 1_000;

export function toTokenState(token: AuthToken | null, now: number): TokenState {
  const none = { lifetime: null, createdAt: null, expiresAt: null, isExpiring: false, ended: null };
  if (token === null) return none;
  const { minutesValid, createdAt } = token;
  if (minutesValid === SINGLE_USE) return { ...none, lifetime: 'SINGLE_USE', createdAt };
  if (minutesValid === WHOLE_SESSION || createdAt === null)
    return { ...none, lifetime: 'SESSION', createdAt };
  const expiresAt = createdAt + minutesValid * 60_000;
  return { ...none, lifetime: 'TIMED', createdAt, expiresAt, isExpiring: expiresAt - now <= EXPIRING_MS };
}

/** Reads tokens for those who watch. */
export interface TokenReader {
  token(key: TokenKey): Promise<Reading<TokenState>>;
}

/** The token of a session (dossier section 5): read only while somebody is subscribed, since reading keeps it alive. */
export function sessionWatch(clock: Clock): WatchKind<TokenKey, TokenState, TokenReader> {
  return {
    name: 'guardcrypto.session',
    provider: 'guardcrypto',
    read: (reader, keys) => Promise.all(keys.map((key) => reader.token(key))),
    merge(previous, observed) {
      if (observed.lifetime !== null || !previous) return observed;
      if (previous.lifetime === null) return { ...observed, ended: previous.ended };
      return { ...observed, ended: endOf(previous, clock.now()) };
    },
    // It ends with the session, which the reader finds out.
    isTerminal: () => false,
    pollDelayMs({ expiresAt, isExpiring }) {
      if (expiresAt === null) return POLL_MS;
      const next = (isExpiring ? expiresAt + AFTER_END_MS : expiresAt - EXPIRING_MS) - clock.now();
      return Math.max(AFTER_END_MS, Math.min(POLL_MS, next));
    },
    describe: (previous, next) => (previous ? changesOf(previous, next) : []),
  };
}

function endOf({ lifetime, expiresAt }: TokenState, now: number): TokenState['ended'] {
  if (expiresAt !== null && now >= expiresAt) return 'EXPIRED';
  return lifetime === 'SINGLE_USE' ? 'CONSUMED' : 'REMOVED';
}

function changesOf(before: TokenState, after: TokenState): readonly TokenChange[] {
  if (after.lifetime === null)
    return after.ended !== null && before.ended !== after.ended ? [after.ended] : [];
  const isAnother =
    before.lifetime !== after.lifetime ||
    before.createdAt !== after.createdAt ||
    before.expiresAt !== after.expiresAt;
  return [
    ...(isAnother ? ['ATTACHED' as const] : []),
    ...(after.isExpiring && (isAnother || !before.isExpiring) ? ['EXPIRING' as const] : []),
  ];
}
