import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { checkServer } from './check-server.js';
import { connectRedis, type ConnectOptions } from './connect.js';
import { Keys } from './keys.js';
import { requireStoreVersion } from './store-version.js';
import { RedisClock } from './redis-clock.js';
import { RedisUnavailableError } from './redis-unavailable-error.js';

export interface CheckRedisOptions {
  readonly keyPrefix: string;
  readonly clock: Clock;
  /** Told what puts data at risk, and that clocks differ. */
  readonly logger: Logger;
  /** Told what connections go through. */
  readonly quiet: Logger;
}

/**
 * Sees whether Redis can be used as it is configured, as every process of ours uses it.
 * @throws {RedisUnavailableError} when it cannot
 */
export async function checkRedis(
  address: Omit<ConnectOptions, 'clock' | 'logger'>,
  { keyPrefix, clock, logger, quiet }: CheckRedisOptions,
): Promise<void> {
  const connections = await connectRedis({ ...address, clock, logger: quiet });
  try {
    const keys = new Keys(keyPrefix);
    await checkServer(connections.commands, keys, logger);
    await requireStoreVersion(connections.commands, keys);
    (await RedisClock.start(connections.commands, { clock, logger })).close();
    await connections.commands.set(keys.ready(), '1').catch((error: unknown) => {
      const reason =
        error instanceof Error ? (/^[A-Z]+\b/.exec(error.message)?.[0] ?? error.name) : 'unknown';
      throw new RedisUnavailableError(`Redis, as set by REDIS_URL, does not let us write (${reason}).`);
    });
  } finally {
    connections.close();
  }
}
