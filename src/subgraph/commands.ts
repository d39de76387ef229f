import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { Rates } from '../rates/rates.js';
import type { RecordStore } from '../store/record-store.js';
import type { Idempotency } from './idempotency.js';
import type { KeepLater } from './keep-later.js';
import type { RingPolicy } from './rings.js';

/** What every command is done with. */
export interface Commands {
  readonly idempotency: Idempotency;
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly later: KeepLater;
  /** How much a caller may do. */
  readonly rates: Rates;
  /** Of several accounts at the provider the one that is used: who is called the same at another is somebody else. */
  readonly account?: string | undefined;
  /** How often one person may be rung. */
  readonly rings: RingPolicy;
}
