import { randomBytes } from 'node:crypto';
import type { StoredRecord } from '../record-store.js';
import type { EmbeddedDatabase } from './database.js';

/**
 * Writes what a thing of this owner that is made and watched takes in every table and index, and removes it: damage is
 * met before anything was made. Within a transaction. It is not rolled back: pages that were written lie whole in the
 * log from then on.
 * @throws StoreUnavailableError
 */
export function rehearse(database: EmbeddedDatabase, { owner, createdAt }: StoredRecord): void {
  // No other place is better than the next one: where a thing will lie is known once it has its id.
  const id = `rehearsal~${randomBytes(32).toString('base64url')}`;
  const provider = 'rehearsal';
  database.run(
    `INSERT INTO watches (id, provider, spec, created_at, only_while_subscribed) VALUES (?, ?, '{}', ?, 1)`,
    id,
    provider,
    createdAt,
  );
  database.run('UPDATE watches SET ended_at = ? WHERE id = ?', createdAt, id);
  database.run(`INSERT INTO events (watch, sequence, event) VALUES (?, 1, '')`, id);
  database.run('INSERT INTO polls (provider, watch, due_at) VALUES (?, ?, ?)', provider, id, createdAt);
  database.run(
    `INSERT INTO records (collection, owner, id, value, created_at, expires_at) VALUES ('rehearsal', ?, ?, '', ?, ?)`,
    owner,
    id,
    createdAt,
    createdAt,
  );
  database.run('DELETE FROM records WHERE collection = ? AND owner = ? AND id = ?', 'rehearsal', owner, id);
  database.run('DELETE FROM polls WHERE provider = ? AND watch = ?', provider, id);
  database.run('DELETE FROM events WHERE watch = ?', id);
  database.run('DELETE FROM watches WHERE id = ?', id);
}
