import { join } from 'node:path';
import type { Ports } from '../tools.js';
import { openDataFolder } from './data-folder.js';
import { redisOf } from './redis-of.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config/index.js';
import { measured } from '../operate/measured-ports.js';
import type { Logger } from '../log.js';
import { checkRedisCertificates } from '../redis/certificates.js';

/**
 * Opens what is stored and scheduled: one file of this process, or the configured Redis.
 * @throws {ConfigError}, {DatabaseUnavailableError} or {RedisUnavailableError}; never falls back from one to the other.
 */
export async function openPorts(
  config: Config,
  logger: Logger,
): Promise<Ports & { readonly description: string }> {
  const { dataDir } = config.server;
  const options = {
    clock: systemClock,
    logger,
    retainedEvents: config.watches.logLength,
    retentionMs: config.watches.retentionMs,
  };
  if (config.redis) {
    if (config.redis.tls) checkRedisCertificates(config.redis.tls, options);
    // Each brings libraries the other does without, which a start would wait for.
    const { openRedis } = await import('../live/redis/open-redis.js');
    const redis = await openRedis({
      ...{ ...options, ...redisOf(config.redis) },
      auditRecords: config.redis.auditRecords,
    });
    return { ...redis, ...measuredStores(redis), name: 'redis', description: 'Redis' };
  }
  openDataFolder(dataDir);
  const { openEmbedded } = await import('../live/embedded/open-embedded.js');
  const embedded = openEmbedded({ ...options, path: join(dataDir, 'sealgraph.db') });
  return {
    ...embedded,
    ...measuredStores(embedded),
    name: 'store',
    description: `one process, data in ${dataDir}; set REDIS_URL to scale out`,
  };
}

function measuredStores({
  records,
  store,
}: Pick<Ports, 'records' | 'store'>): Pick<Ports, 'records' | 'store'> {
  return { records: measured(records, 'records'), store: measured(store, 'watches') };
}
