import { openSync, writeSync } from 'node:fs';
import type { Clock } from '../clock.js';
import { ConfigError } from '../config/index.js';
import type { Logger } from '../log.js';
import type { Audit } from '../audit.js';
import { logLost } from './log-lost.js';

/**
 * An audit log in a file, one JSON object per line; only ever appended to, and open as long as the process runs.
 * @throws ConfigError when the file cannot be appended to
 */
export function openAuditFile(path: string, clock: Clock, logger: Logger): Audit {
  const file = open(path);
  return (record) => {
    try {
      // At once and in whole lines: several processes may share the file.
      writeSync(file, `${JSON.stringify({ at: new Date(clock.now()).toISOString(), ...record })}\n`);
    } catch (error) {
      logLost(record, error, logger);
    }
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch {
    throw new ConfigError('AUDIT_FILE', 'names a file that cannot be appended to.');
  }
}
