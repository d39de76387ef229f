import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from '../tools.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config/index.js';
import type { Logger } from '../log.js';

/**
 * Opens what is stored and scheduled: one file of this process, or the configured Redis.
 * @throws {DatabaseUnavailableError} or {RedisUnavailableError}; never falls back from one to the other.
 */
export async function openPorts(
  config: Config,
  logger: Logger,
): Promise<Ports & { readonly description: string }> {
  const { dataDir, redisUrl, redisWaitMs, redisPrefix, redisTls } = config.server;
  const options = {
    clock: systemClock,
    logger,
    retainedEvents: config.watches.logLength,
    retentionMs: config.watches.retentionMs,
  };
  if (redisUrl) {
    // Each brings libraries the other does without, which a start would wait for.
    const { openRedis } = await import('../live/redis/open-redis.js');
    const redis = await openRedis({
      ...options,
      url: redisUrl.reveal(),
      waitMs: redisWaitMs,
      keyPrefix: redisPrefix,
      ...(redisTls ? { tls: { ...redisTls, key: redisTls.key?.reveal() } } : {}),
    });
    return { ...redis, name: 'redis', description: 'Redis' };
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { openEmbedded } = await import('../live/embedded/open-embedded.js');
  const embedded = openEmbedded({ ...options, path: join(dataDir, 'sealgraph.db') });
  return {
    ...embedded,
    name: 'store',
    description: `one process, data in ${dataDir}; set REDIS_URL to scale out`,
  };
}
