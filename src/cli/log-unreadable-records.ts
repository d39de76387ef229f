import type { Logger } from '../log.js';
import { unreadableRecords, type UnreadableRecord } from '../vault/sealed-records.js';

/** Writes down each record that was left out of an answer because it could not be read, counted since the start. */
export function logUnreadableRecords(logger: Logger): void {
  let count = 0;
  unreadableRecords.subscribe((record) => {
    const { collection, reason } = record as UnreadableRecord;
    logger.warn({ collection, reason, count: (count += 1) }, 'a stored record was left out');
  });
}
