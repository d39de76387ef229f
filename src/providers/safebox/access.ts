import type { CallOptions } from '../kit/call-options.js';

const ENTERPRISE = 'enterprise-';

/** The id of the account's token. A session's is a UUID. */
export function enterpriseId(digest: string): string {
  return ENTERPRISE + digest;
}

/** Whether a watch of this `session` reads with the account's token, not as a user. */
export function isEnterprise(session: string): boolean {
  return session.startsWith(ENTERPRISE);
}

/** With what a call to the API is made. Never logged, stored or put into a watch. */
export interface Access extends CallOptions {
  /** A user's own token, or the account's enterprise access token. */
  readonly kind: 'session' | 'enterprise';
  /** Names this credential without giving it away: the `session` of watches that read with it. */
  readonly id: string;
  readonly token: string;
  /** The user signed in; null for the enterprise access token, which belongs to nobody. */
  readonly userId: string | null;
}
