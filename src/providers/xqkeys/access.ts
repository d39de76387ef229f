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
