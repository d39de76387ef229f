import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { RedisStream } from '../redis/redis-stream.js';
import type { Audit } from '../audit.js';
import { logLost } from './log-lost.js';

/** An audit log in a stream of Redis: an entry for each record, whose field `record` is the line that a file would hold. */
export function openAuditStream(stream: Pick<RedisStream, 'append'>, clock: Clock, logger: Logger): Audit {
  return (record) => {
    const line = JSON.stringify({ at: new Date(clock.now()).toISOString(), ...record });
    stream.append({ record: line }).catch((error: unknown) => logLost(record, error, logger));
  };
}
