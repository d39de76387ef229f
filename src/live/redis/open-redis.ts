import type { Clock } from '../../clock.js';
import type { Logger } from '../../log.js';
import type { CallGate } from '../../providers/kit/call-gate.js';
import { answerOf } from '../../redis/answer-of.js';
import { mayWriteAndTell } from '../../redis/check-permissions.js';
import { checkServer } from '../../redis/check-server.js';
import { connectRedis } from '../../redis/connect.js';
import { Keys } from '../../redis/keys.js';
import type { RedisAddress } from '../../redis/redis-address.js';
import type { SharedCounts } from '../../redis/shared-counts.js';
import { RedisStream } from '../../redis/redis-stream.js';
import { takeStoreVersion } from '../../redis/store-version.js';
import { RedisClock } from '../../redis/redis-clock.js';
import { RedisCallGate } from '../../redis/redis-call-gate.js';
import { RedisLiveness } from '../../store/redis/redis-liveness.js';
import type { Liveness } from '../../store/liveness.js';
import { RedisRecordStore } from '../../store/redis/redis-record-store.js';
import type { RecordStore } from '../../store/record-store.js';
import type { TakeTurn } from '../poller.js';
import type { EventBus, ReadingStore, WatchScheduler, WatchStore } from '../ports.js';
import { RedisEventBus } from './redis-event-bus.js';
import { RedisReadings } from './redis-readings.js';
import { RedisWatchScheduler, type RedisWatchSchedulerOptions } from './redis-watch-scheduler.js';
import { RedisWatchStore } from './redis-watch-store.js';

export interface RedisOptions extends RedisWatchSchedulerOptions, RedisAddress {
  /** The machine's own; everything is timed by that of Redis. */
  readonly clock: Clock;
  readonly logger: Logger;
  /** What every key begins with. Default `sealgraph`. */
  readonly keyPrefix?: string;
  /** Milliseconds to wait for Redis at the start. Default 30,000. */
  readonly waitMs?: number;
  /** Milliseconds after which a command that has no answer fails. Default 3,000. */
  readonly commandTimeoutMs?: number;
  /** How many of its newest events each watch keeps. Default 128. */
  readonly retainedEvents?: number;
  /** Milliseconds a finished watch is kept. Default 24 hours. */
  readonly retentionMs?: number;
  /** How many records of the audit log are kept. Default: it is not kept here. */
  readonly auditRecords?: number | undefined;
}

/** Everything that is stored or scheduled, shared by all processes on one Redis. */
export interface RedisPorts {
  readonly records: RecordStore;
  readonly store: WatchStore;
  readonly scheduler: WatchScheduler;
  readonly bus: EventBus;
  readonly readings: ReadingStore;
  /** The time by Redis. */
  readonly clock: Clock;
  /** Which of the processes are alive. */
  readonly liveness: Liveness;
  /** True for one process at a time, which may then do `what` for all; for `forMs` or until it ends. */
  readonly takeTurn: TakeTurn;
  /** Breaker and pause of each provider. */
  readonly gate: CallGate;
  readonly counts: SharedCounts;
  /** Where the audit log is appended to; undefined: it is not kept here. */
  readonly audit: RedisStream | undefined;
  /**
   * Whether changes can be written to Redis and told over it now.
   * @throws {StoreUnavailableError} or what Redis says, when they cannot.
   */
  ready(): Promise<boolean>;
  /** Lets running polls finish, then closes the connections. */
  close(): Promise<void>;
}

/**
 * Connects to Redis and opens the stores, the scheduler and the bus over it.
 * @throws {RedisUnavailableError} when it cannot be used within `waitMs`, is too old, or holds data of a newer version.
 */
export async function openRedis(given: RedisOptions): Promise<RedisPorts> {
  const connections = await connectRedis(given);
  const { commands, subscriber } = connections;
  const keys = new Keys(given.keyPrefix);
  let clock: RedisClock;
  try {
    await checkServer(commands, keys, given.logger);
    await takeStoreVersion(commands, keys);
    clock = await RedisClock.start(commands, given);
  } catch (error) {
    connections.close();
    throw error;
  }
  const options = { ...given, clock };
  const records = new RedisRecordStore(commands, keys, options);
  const store = new RedisWatchStore(commands, keys, options);
  const bus = new RedisEventBus(subscriber, keys, options);
  const scheduler = new RedisWatchScheduler(connections, keys, options);
  const liveness = new RedisLiveness(commands, keys, { ...options, onLost: () => bus.doubt() });
  await liveness.start();
  const { auditRecords } = options;
  const audit =
    auditRecords === undefined ? undefined : new RedisStream(commands, keys.audit(), auditRecords);
  return {
    records,
    store,
    scheduler,
    bus,
    readings: new RedisReadings(commands, keys),
    clock,
    liveness,
    gate: new RedisCallGate(commands, keys),
    counts: { redis: commands, keyPrefix: keys.rates() },
    audit,
    takeTurn: async (what, forMs) =>
      (await answerOf(commands.set(keys.turn(what), '1', 'PX', forMs, 'NX'))) === 'OK',
    async ready() {
      await mayWriteAndTell(commands, keys);
      return (await answerOf(commands.set(keys.ready(), '1'))) === 'OK';
    },
    async close() {
      await scheduler.close();
      await audit?.settled();
      await Promise.all([bus.close(), store.close(), records.close(), liveness.close()]);
      clock.close();
      connections.close();
    },
  };
}
