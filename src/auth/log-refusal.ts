import { happenings } from '../happenings.js';
import type { Logger } from '../log.js';
import type { AuthenticationError } from './authenticator.js';

/** Where somebody was turned away. */
export interface RefusalPlace {
  readonly transport: 'http' | 'websocket';
  readonly requestId?: string;
  /** The service that was asked, where it was one. */
  readonly subgraph?: string;
}

/** Says that somebody was turned away, and why. A token that has run out is everyday. */
export function logRefusal(
  { code, reason }: Pick<AuthenticationError, 'code' | 'reason'>,
  place: RefusalPlace,
  logger: Logger,
): void {
  happenings.refusal.tell({ code });
  const line = code === 'TOKEN_EXPIRED' ? logger.info : logger.warn;
  line({ ...place, code, ...(reason !== undefined && { reason }) }, 'a caller was turned away');
}
