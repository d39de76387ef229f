import type { Cluster, Redis } from 'ioredis';
import type { Clock } from '../clock.js';
import { LastingTrouble } from '../lasting-trouble.js';
import type { Logger } from '../log.js';
import type { RedisAddress } from './redis-address.js';
import {
  createClient,
  createSubscriber,
  hostAndPort,
  type ClientRole,
  type RedisClient,
} from './redis-client.js';
import { RedisUnavailableError } from './redis-unavailable-error.js';

export interface ConnectOptions extends RedisAddress {
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
  readonly commands: RedisClient;
  /** For subscriptions: waits a moment for Redis to come back. Does not subscribe again by itself. */
  readonly subscriber: Redis;
  /** For the workers, which wait as long as it takes; opened when first asked for. */
  worker(): RedisClient;
  close(): void;
}

const DEFAULT_WAIT_MS = 30_000;
const DEFAULT_COMMAND_TIMEOUT_MS = 3_000;

/**
 * Connects, waiting for a Redis that is not there yet.
 * @throws {RedisUnavailableError} when it could not be used within `waitMs`.
 */
export async function connectRedis(options: ConnectOptions): Promise<RedisConnections> {
  const { urls, commandTimeoutMs = DEFAULT_COMMAND_TIMEOUT_MS } = options;
  const opened: RedisClient[] = [];
  const keep = <Client extends RedisClient>(client: Client, { name }: ClientRole): Client => {
    report(client, name, options);
    opened.push(client);
    return client;
  };
  const close = (): void => {
    for (const client of opened) client.disconnect();
  };
  const asking: ClientRole = { name: 'commands', waits: false, commandTimeoutMs };
  const commands = keep(createClient(options, asking), asking);
  const listening: ClientRole = { name: 'subscriber', waits: true, commandTimeoutMs };
  const nodes = (): { host: string; port: number }[] => {
    const known = 'nodes' in commands ? nodesOf(commands) : [];
    return known.length > 0 ? known : urls.map(hostAndPort);
  };
  const subscriber = keep(createSubscriber(options, listening, nodes), listening);
  try {
    await untilReady(commands, options);
    await untilReady(subscriber, options);
  } catch (error) {
    close();
    throw error;
  }
  const working: ClientRole = { name: 'worker', waits: true };
  let worker: RedisClient | undefined;
  return {
    commands,
    subscriber,
    worker: () => (worker ??= keep(createClient(options, working), working)),
    close,
  };
}

function nodesOf(cluster: Cluster): { host: string; port: number }[] {
  return cluster
    .nodes()
    .flatMap(({ options: { host, port } }) =>
      host === undefined || port === undefined ? [] : { host, port },
    );
}

/** A line when a connection is lost and one when it is back, however often it is tried in between. */
function report(redis: RedisClient, role: string, { clock, logger }: ConnectOptions): void {
  const trouble = new LastingTrouble({
    ...{ clock, logger, well: 'Redis is back' },
    failed: 'Redis cannot be reached; trying again',
  });
  redis.on('error', (error: Error) => trouble.failed({ role, reason: reasonOf(error) }));
  redis.on('reconnecting', () => {
    if (!trouble.isOn) trouble.failed({ role }, 'the connection to Redis was lost; trying again');
  });
  redis.on('ready', () => trouble.well({ role }));
}

function untilReady(redis: RedisClient, { waitMs = DEFAULT_WAIT_MS, clock }: ConnectOptions): Promise<void> {
  let reason = 'no answer';
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      reason = reasonOf(error);
      // It would be used all the same, with another database.
      if (NO_DATABASE.test(error.message))
        reject(new RedisUnavailableError('Redis, as set by REDIS_URL, has no database of that number.'));
    };
    const cancel = clock.schedule(waitMs, () => {
      reject(
        new RedisUnavailableError(
          `Redis, as set by REDIS_URL, could not be used within ${waitMs / 1_000} s (${reason}).`,
        ),
      );
    });
    for (const event of PROBLEMS) redis.on(event, onError);
    redis.once('ready', () => {
      cancel();
      for (const event of PROBLEMS) redis.off(event, onError);
      resolve();
    });
    // What goes wrong is seen by the listeners; trying again is the connection's own business.
    redis.connect().catch(() => undefined);
  });
}

const NO_DATABASE = /DB index is out of range/;

// The last two say what is wrong with a node of a cluster, and with a Sentinel.
const PROBLEMS = ['error', 'node error', 'sentinelError'];

const MISFITS: readonly (readonly [RegExp, string])[] = [
  [/cluster support disabled/, 'no node of a cluster; see REDIS_MODE'],
  [/unknown command.{1,80}sentinel/is, 'no Sentinel; see REDIS_MODE'],
  [
    /No such master|invalid reply: null/,
    'the Sentinels know no server of that name; see REDIS_SENTINEL_NAME',
  ],
];

/** `ECONNREFUSED`, `WRONGPASS`...: the rest of such messages can hold addresses. */
function reasonOf(error: Error): string {
  const misfit = MISFITS.find(([pattern]) => pattern.test(error.message));
  if (misfit) return misfit[1];
  if ('lastNodeError' in error && error.lastNodeError instanceof Error) return reasonOf(error.lastNodeError);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^[A-Z]+\b/.exec(error.message)?.[0] ?? error.name;
}
