import type { CallOptions } from '../kit/call-options.js';

/** With what calls are made for one owner. Never logged, stored in clear, or put into a watch. */
export interface Access extends CallOptions {
  /** Names this session without giving it away; another one after every sign-in. */
  readonly id: string;
  /** Access token. */
  readonly token: string;
  /** Undefined until the dashboard was opened, and when that has ended. */
  readonly dashboardToken: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Names one session of one owner; holds nothing secret, so it can be the key of a watch. */
export type AccessKey = {
  /** `ownerKey()` of whom the session belongs to. */
  readonly owner: string;
  /** `Access.id`. */
  readonly session: string;
};

/** Finds sessions again when it is time to read for those who watch. */
export interface Credentials {
  /** Undefined when the session has ended, or is no longer the owner's. */
  resolve(key: AccessKey): Promise<Access | undefined>;
}
