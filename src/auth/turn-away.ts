import { leaveRecord } from '../audit.js';
import type { Audit } from '../audit.js';
import { happenings } from '../happenings.js';
import type { Logger } from '../log.js';
import type { AuthenticationError } from './authenticator.js';

/** Where somebody was turned away. */
export interface RefusalPlace {
  readonly transport: 'http' | 'websocket';
  readonly requestId: string;
  /** The service that was asked, where it was one. */
  readonly subgraph?: string;
}

/** Says that somebody was turned away, and why, in the log and in the audit log. A token that has run out is everyday. */
export function tellTurnedAway(
  { code, reason }: Pick<AuthenticationError, 'code' | 'reason'>,
  place: RefusalPlace,
  { logger, audit }: { readonly logger: Logger; readonly audit?: Audit | undefined },
): void {
  happenings.refusal.tell({ code });
  const line = code === 'TOKEN_EXPIRED' ? logger.info : logger.warn;
  line({ ...place, code, ...(reason !== undefined && { reason }) }, 'a caller was turned away');
  leaveRecord(audit, {
    ...{ requestId: place.requestId, tenant: null, subject: null, field: null },
    ...{ targets: {}, code },
  });
}
