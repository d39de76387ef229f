import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.js';
import type { Logger } from '../../log.js';
import { openDatabase } from '../../store/embedded/database.js';
import { EmbeddedRecordStore } from '../../store/embedded/embedded-record-store.js';
import type { Liveness } from '../../store/liveness.js';
import type { RecordStore } from '../../store/record-store.js';
import type { EventBus, WatchScheduler, WatchStore } from '../ports.js';
import { EmbeddedEventBus } from './embedded-event-bus.js';
import { EmbeddedWatchScheduler } from './embedded-watch-scheduler.js';
import { EmbeddedWatchStore } from './embedded-watch-store.js';

export interface EmbeddedOptions {
  /** The SQLite file; `:memory:` keeps nothing. Its folder must exist. */
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How many of its newest events each watch keeps. Default 128. */
  readonly retainedEvents?: number;
  /** Milliseconds a finished watch is kept. Default 24 hours. */
  readonly retentionMs?: number;
  /** How many polls of one provider run at a time. Default 100. */
  readonly concurrency?: number;
}

/** Everything that is stored or scheduled, for one process, in one file. */
export interface Embedded {
  readonly records: RecordStore;
  readonly store: WatchStore;
  readonly scheduler: WatchScheduler;
  readonly bus: EventBus;
  /** That of the one process. */
  readonly clock: Clock;
  /** The file serves one process: whichever had it before is gone. */
  readonly liveness: Liveness;
  /**
   * Whether the file can be read and written now.
   * @throws {StoreUnavailableError} when it cannot.
   */
  ready(): boolean;
  /** Lets running polls finish, then closes the file. */
  close(): Promise<void>;
}

/**
 * Opens the stores, the scheduler and the bus that need no server.
 * @throws {DatabaseUnavailableError} when another process holds the file, or it cannot be opened.
 */
export function openEmbedded(options: EmbeddedOptions): Embedded {
  const database = openDatabase(options.path);
  const records = new EmbeddedRecordStore(database, options);
  const bus = new EmbeddedEventBus();
  const store = new EmbeddedWatchStore(database, { ...options, wake: (id) => bus.wake(id) });
  const scheduler = new EmbeddedWatchScheduler(database, options);
  const instance = randomUUID();
  return {
    records,
    store,
    scheduler,
    bus,
    clock: options.clock,
    liveness: {
      begin: () => Promise.resolve({ instance, end: () => undefined }),
      isAlive: (other) => Promise.resolve(other === instance),
    },
    ready() {
      database.check();
      return true;
    },
    async close() {
      await scheduler.close();
      await Promise.all([bus.close(), store.close(), records.close()]);
      database.close();
    },
  };
}
