import type { WatchKind } from '../../live/watch-kind.js';

/** Where a request for access stands (dossier 5.1). */
export const AUTHORIZATION_STATUSES = {
  PENDING: 'The PIN and the link are on their way; neither was used, as far as known.',
  VALIDATED: 'The PIN was accepted: exchange it for a session.',
  EXCHANGED: 'It has become your session. Final.',
  EXPIRED: 'Its time is over. Final.',
} as const;
export type AuthorizationStatus = keyof typeof AUTHORIZATION_STATUSES;

/** Names one request of one owner; holds nothing secret. */
export type AuthorizationKey = { readonly owner: string; readonly authorization: string };

export type AuthorizationState = { readonly status: AuthorizationStatus };

export type AuthorizationChange = {
  readonly from: AuthorizationStatus | null;
  readonly to: AuthorizationStatus;
};

/** Completes requests for access whose link was clicked. */
export interface LinkExchange {
  /** Tries the exchange, which is the only way to learn of a click; a success has opened the session. */
  tryExchange(key: AuthorizationKey): Promise<AuthorizationState>;
}

/** Milliseconds between two tries (assumed by the dossier). */
const POLL_MS = 5_000;

/**
 * One request for access. Unlike other kinds, reading can change something: the exchange that succeeds uses up the
 * request, so it is tried only while somebody is subscribed, who thereby asks for it, and its session is kept before
 * anybody is told.
 */
export const authorizationWatch: WatchKind<AuthorizationKey, AuthorizationState, LinkExchange> = {
  name: 'xqkeys.authorization',
  provider: 'xqkeys',
  read: (exchange, keys) =>
    Promise.all(keys.map(async (key) => ({ state: await exchange.tryExchange(key) }))),
  merge: (previous, observed) => (previous && isOver(previous) ? previous : observed),
  isTerminal: isOver,
  pollDelayMs: () => POLL_MS,
  atDeadline: (state) => (isOver(state) ? state : { status: 'EXPIRED' }),
  describe: (previous, next): readonly AuthorizationChange[] =>
    previous?.status === next.status ? [] : [{ from: previous?.status ?? null, to: next.status }],
};

function isOver({ status }: AuthorizationState): boolean {
  return status === 'EXCHANGED' || status === 'EXPIRED';
}
