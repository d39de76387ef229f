import type { Clock } from '../../clock.js';
import type { WatchKind } from '../../live/watch-kind.js';
import type { SessionKey } from '../kit/with-session.js';

/** Where a session stands (dossier 5.1, access token). */
export const SESSION_STATUSES = {
  ACTIVE: 'It can be used.',
  ENDING: 'It can be used, but ends within ten minutes: sign in again, there is no other way to go on.',
  EXPIRED: 'Its time is over. Final.',
  REVOKED: 'It was ended: by signing out, by another sign-in, or at the provider. Final.',
} as const;
export type SessionStatus = keyof typeof SESSION_STATUSES;

/** One session, and until when it lasts (milliseconds since the epoch). */
export type DatedSessionKey = SessionKey & { readonly expiresAt: number };

export type SessionState = { readonly status: SessionStatus; readonly expiresAt: number };

export type SessionChange = { readonly from: SessionStatus | null; readonly to: SessionStatus };

/** Reads sessions for those who watch. */
export interface SessionReader {
  session(key: DatedSessionKey): Promise<SessionState>;
}

/** How long before its end a session is said to be ending, milliseconds. */
export const ENDS_SOON_MS = 10 * 60_000;

/** Status of a session that is good as far as the provider says. */
export function statusAt(now: number, expiresAt: number): SessionStatus {
  if (now >= expiresAt) return 'EXPIRED';
  return expiresAt - now <= ENDS_SOON_MS ? 'ENDING' : 'ACTIVE';
}

/** The session of one owner: by our own clock, and by asking the provider whether it still accepts the token. */
export function sessionWatch({
  clock,
  pollIntervalMs,
}: {
  readonly clock: Clock;
  readonly pollIntervalMs: number;
}): WatchKind<DatedSessionKey, SessionState, SessionReader> {
  return {
    name: 'xqkeys.session',
    provider: 'xqkeys',
    read: (reader, keys) => Promise.all(keys.map(async (key) => ({ state: await reader.session(key) }))),
    merge: (previous, observed) => (previous && isOver(previous) ? previous : observed),
    isTerminal: isOver,
    pollDelayMs(state) {
      const untilEnding = state.expiresAt - ENDS_SOON_MS - clock.now();
      return untilEnding > 0 ? Math.max(1_000, Math.min(pollIntervalMs, untilEnding)) : pollIntervalMs;
    },
    atDeadline: (state) => (isOver(state) ? state : { ...state, status: 'EXPIRED' }),
    describe: (previous, next): readonly SessionChange[] =>
      previous?.status === next.status ? [] : [{ from: previous?.status ?? null, to: next.status }],
  };
}

function isOver({ status }: SessionState): boolean {
  return status === 'EXPIRED' || status === 'REVOKED';
}
