import type { Logger } from '../log.js';
import type { AuditRecord } from '../audit.js';

/** Tells of a record of the audit log that could not be kept: the log of the process is the last place there is. */
export function logLost(
  { requestId, tenant, subject, field, code }: AuditRecord,
  error: unknown,
  logger: Logger,
): void {
  logger.error(
    { event: 'audit', requestId, tenant, subject, operation: field, code, err: error },
    'a record of the audit log could not be written',
  );
}
