import { systemClock } from '../clock.js';
import type { Config } from '../config/index.js';
import type { Logger } from '../log.js';
import type { RedisStream } from '../redis/redis-stream.js';
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
): Promise<
  | { readonly counts: SharedCounts; readonly audit: RedisStream | undefined; close(): Promise<void> }
  | undefined
> {
  if (!config.redis) return undefined;
  const [{ checkServer }, { connectRedis }, { Keys }, { RedisStream }, version] = await Promise.all([
    import('../redis/check-server.js'),
    import('../redis/connect.js'),
    import('../redis/keys.js'),
    import('../redis/redis-stream.js'),
    import('../redis/store-version.js'),
  ]);
  const { keyPrefix, ...address } = redisOf(config.redis);
  const connections = await connectRedis({ ...address, clock: systemClock, logger });
  const keys = new Keys(keyPrefix);
  try {
    await checkServer(connections.commands, keys, logger);
    await version.requireStoreVersion(connections.commands, keys);
  } catch (error) {
    connections.close();
    throw error;
  }
  const counts = { redis: connections.commands, keyPrefix: keys.rates() };
  const { auditRecords } = config.redis;
  const audit =
    auditRecords === undefined
      ? undefined
      : new RedisStream(connections.commands, keys.audit(), auditRecords);
  return {
    counts,
    audit,
    async close() {
      await audit?.settled();
      connections.close();
    },
  };
}
