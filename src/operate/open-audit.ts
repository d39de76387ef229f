import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { RedisStream } from '../redis/redis-stream.js';
import type { Audit } from '../audit.js';
import { openAuditFile } from './audit-file.js';
import { openAuditStream } from './audit-stream.js';

/** Where the audit log of a process goes. */
export interface AuditPlaces {
  readonly file: string | undefined;
  readonly stream: RedisStream | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Undefined: none is kept. @throws ConfigError */
export function openAudit({ file, stream, clock, logger }: AuditPlaces): Audit | undefined {
  const logs = [
    ...(file ? [openAuditFile(file, clock, logger)] : []),
    ...(stream ? [openAuditStream(stream, clock, logger)] : []),
  ];
  if (logs.length === 0) return undefined;
  return (record) => {
    for (const log of logs) log(record);
  };
}
