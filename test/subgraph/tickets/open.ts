import { randomBytes } from 'node:crypto';
import { openEmbedded } from '../../../src/live/embedded/open-embedded.js';
import type { RecordStore, StoredRecord } from '../../../src/store/record-store.js';
import { createTickets } from '../../../src/subgraph/tickets/tickets.js';
import type { TicketsOptions } from '../../../src/subgraph/tickets/tickets.js';
import { parseKeyRing } from '../../../src/vault/key-ring.js';
import { createVault } from '../../../src/vault/vault.js';
import type { Vault } from '../../../src/vault/vault.js';
import { ManualClock } from '../../support/manual-clock.js';
import { memoryLogger } from '../../support/memory-logger.js';
import type { Teardown } from '../../support/simulators.js';

export const ANNA = { tenant: 'acme', subject: 'anna' };

/** An embedded store in memory that shows what is put into it. */
export function openRecords(t: Teardown): {
  readonly clock: ManualClock;
  readonly records: RecordStore;
  readonly written: readonly StoredRecord[];
} {
  const clock = new ManualClock();
  const ports = openEmbedded({ path: ':memory:', clock, logger: memoryLogger() });
  t.after(() => ports.close());
  const written: StoredRecord[] = [];
  const { records: store } = ports;
  const records: RecordStore = {
    get: (...place) => store.get(...place),
    getMany: (...places) => store.getMany(...places),
    insert: (record) => store.insert(record),
    claim: (record) => store.claim(record),
    put: (record, ifValue) => {
      written.push(record);
      return store.put(record, ifValue);
    },
    delete: (...place) => store.delete(...place),
    list: (...query) => store.list(...query),
    increment: (...counter) => store.increment(...counter),
    close: () => store.close(),
  };
  return { clock, records, written };
}

/** A vault with a key that nobody else has. */
export function newVault(): Vault {
  return createVault(parseKeyRing(`test:${randomBytes(32).toString('base64')}`, 'VAULT_KEYS'));
}

/** Tickets, and what they are kept in. */
export function openTickets(t: Teardown, options: Partial<TicketsOptions> = {}) {
  const opened = openRecords(t);
  const vault = newVault();
  return { ...opened, vault, tickets: createTickets({ ...opened, vault, ...options }) };
}

/** What stands in a ticket's URL behind the path. */
export function secretOf({ url }: { readonly url: string }): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
