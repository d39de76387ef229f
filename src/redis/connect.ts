import type { ConnectionOptions } from 'node:tls';
import { Redis, type RedisOptions } from 'ioredis';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { isReadOnly } from './answer-of.js';
import { RedisUnavailableError } from './redis-unavailable-error.js';

export interface ConnectOptions {
  /** `redis://` or `rediss://`. May hold a password: it is never logged. */
  readonly url: string;
  /** For `rediss://`: PEM texts of the authorities to trust, and of what to show of oneself. */
  readonly tls?: ConnectionOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds to wait for Redis at the start. Default 30,000. */
  readonly waitMs?: number;
  /** Milliseconds after which a command that has no answer fails. Default 3,000. */
  readonly commandTimeoutMs?: number;
}

/** The connections of one process; each comes back by itself after it was lost. */
export interface RedisConnections {
  /** For everything that is asked once: fails at once while Redis is away, and never sends a command twice. */
  readonly commands: Redis;
  /** For subscriptions: waits a moment for Redis to come back. Does not subscribe again by itself. */
  readonly subscriber: Redis;
  /** For the workers, which wait as long as it takes; opened when first asked for. */
  worker(): Redis;
  close(): void;
}

const DEFAULT_WAIT_MS = 30_000;
const DEFAULT_COMMAND_TIMEOUT_MS = 3_000;
const LONGEST_RETRY_MS = 2_000;

/**
 * Connects, waiting for a Redis that is not there yet.
 * @throws {RedisUnavailableError} when it could not be used within `waitMs`.
 */
export async function connectRedis(options: ConnectOptions): Promise<RedisConnections> {
  const { url, logger, commandTimeoutMs: commandTimeout = DEFAULT_COMMAND_TIMEOUT_MS } = options;
  const opened = new Map<string, Redis>();
  const open = (role: string, more: RedisOptions): Redis => {
    const redis = new Redis(url, {
      connectionName: `sealgraph-${role}`,
      lazyConnect: true,
      autoResubscribe: false,
      keepAlive: 10_000,
      ...(options.tls ? { tls: options.tls } : {}),
      retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 10), LONGEST_RETRY_MS),
      // After a failover the old address may lead to a server that takes no writes any more.
      reconnectOnError: (error) => isReadOnly(error.message),
      ...more,
    });
    report(redis, role, logger);
    opened.set(role, redis);
    return redis;
  };

  const commands = open('commands', { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout });
  await untilReady(commands, options);
  const subscriber = open('subscriber', { maxRetriesPerRequest: null, commandTimeout });
  await untilReady(subscriber, options);
  return {
    commands,
    subscriber,
    worker: () => opened.get('worker') ?? open('worker', { maxRetriesPerRequest: null }),
    close() {
      for (const redis of opened.values()) redis.disconnect();
    },
  };
}

/** One line when a connection is lost and one when it is back, however often it is tried in between. */
function report(redis: Redis, role: string, logger: Logger): void {
  let isLost = false;
  redis.on('error', (error: Error) => {
    if (!isLost) logger.warn({ role, reason: reasonOf(error) }, 'Redis cannot be reached; trying again');
    isLost = true;
  });
  redis.on('reconnecting', () => {
    if (!isLost) logger.warn({ role }, 'the connection to Redis was lost; trying again');
    isLost = true;
  });
  redis.on('ready', () => {
    if (isLost) logger.info({ role }, 'Redis is back');
    isLost = false;
  });
}

function untilReady(redis: Redis, { waitMs = DEFAULT_WAIT_MS, clock }: ConnectOptions): Promise<void> {
  let reason = 'no answer';
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => void (reason = reasonOf(error));
    const cancel = clock.schedule(waitMs, () => {
      redis.disconnect();
      reject(
        new RedisUnavailableError(
          `Redis, as set by REDIS_URL, could not be used within ${waitMs / 1_000} s (${reason}).`,
        ),
      );
    });
    redis.on('error', onError);
    redis.once('ready', () => {
      cancel();
      redis.off('error', onError);
      resolve();
    });
    // What goes wrong is seen by the listeners; trying again is the connection's own business.
    redis.connect().catch(() => undefined);
  });
}

/** `ECONNREFUSED`, `WRONGPASS`...: the rest of such messages can hold addresses. */
function reasonOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^[A-Z]+\b/.exec(error.message)?.[0] ?? error.name;
}
