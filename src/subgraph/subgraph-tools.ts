import type { Clock } from '../clock.js';
import type { Commands } from './commands.js';
import type { HttpPolicy } from '../providers/kit/http-client.js';
import type { Idempotency } from './idempotency.js';
import type { Live } from '../live/engine.js';
import type { Logger } from '../log.js';
import type { RecordStore } from '../store/record-store.js';
import type { Tickets } from './tickets/tickets.js';
import type { Vault } from '../vault/vault.js';
import type { Audit } from '../audit.js';

/** What the product lends to each subgraph. */
export interface SubgraphTools {
  readonly live: Live;
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly idempotency: Idempotency;
  readonly commands: Commands;
  readonly tickets: Tickets;
  /** Whose account at the provider they are for, where tenants have accounts of their own; undefined: everybody's. */
  readonly tenant: string | undefined;
  readonly http: HttpPolicy;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where every mutation and every denial leaves a record; undefined: nowhere. */
  readonly audit?: Audit | undefined;
  /** How long finished things are remembered, milliseconds. */
  readonly retentionMs: number;
}

/** The same, before it is known for which account. */
export type SharedTools = Omit<SubgraphTools, 'tenant'>;
