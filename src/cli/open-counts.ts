import { systemClock } from '../clock.js';
import type { Config } from '../config/index.js';
import type { Logger } from '../log.js';
import type { SharedCounts } from '../redis/shared-counts.js';
import { redisOf } from './redis-of.js';

/**
 * What a gateway that stores nothing shares with its replicas. Undefined: no Redis is configured, and each process counts
 * for itself.
 * @throws {RedisUnavailableError}
 */
export async function openCounts(
  config: Config,
  logger: Logger,
): Promise<{ readonly counts: SharedCounts; close(): void } | undefined> {
  if (!config.redis) return undefined;
  const [{ connectRedis }, { Keys }] = await Promise.all([
    import('../redis/connect.js'),
    import('../redis/keys.js'),
  ]);
  const { keyPrefix, ...address } = redisOf(config.redis);
  const connections = await connectRedis({ ...address, clock: systemClock, logger });
  const counts = { redis: connections.commands, keyPrefix: new Keys(keyPrefix).rates() };
  return { counts, close: () => connections.close() };
}
