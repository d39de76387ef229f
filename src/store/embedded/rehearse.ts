import { randomBytes } from 'node:crypto';
import type { StoredRecord } from '../record-store.js';
import type { EmbeddedDatabase } from './database.js';

/**
 * Writes what a thing of this owner takes, and removes it: damage is met before anything was made. Within a transaction. It is not rolled
 * back: pages that were written lie whole in the log from then on.
 * @throws StoreUnavailableError
 */
export function rehearse(database: EmbeddedDatabase, { owner, createdAt }: StoredRecord): void {
  // No other place is better than the next one: where a thing will lie is known once it has its id.
  const id = `rehearsal~${randomBytes(32).toString('base64url')}`;
  database.run('INSERT INTO rehearsal (id, owner, at) VALUES (?, ?, ?)', id, owner, createdAt);
}
