import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from '../tools.js';
import { systemClock, type Clock } from '../clock.js';
import type { Config, RedisConfig } from '../config/index.js';
import { measured } from '../operate/measured-ports.js';
import type { Logger } from '../log.js';
import { checkRedisCertificates } from '../redis/certificates.js';
import type { RedisAddress } from '../redis/redis-address.js';

/**
 * Opens what is stored and scheduled: one file of this process, or the configured Redis.
 * @throws {DatabaseUnavailableError} or {RedisUnavailableError}; never falls back from one to the other.
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
    // Each brings libraries the other does without, which a start would wait for.
    const { openRedis } = await import('../live/redis/open-redis.js');
    const redis = await openRedis({
      ...options,
      ...toRedisAddress(config.redis, options),
      waitMs: config.redis.waitMs,
      keyPrefix: config.redis.prefix,
    });
    return { ...redis, ...measuredStores(redis), name: 'redis', description: 'Redis' };
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { openEmbedded } = await import('../live/embedded/open-embedded.js');
  const embedded = openEmbedded({ ...options, path: join(dataDir, 'sealgraph.db') });
  return {
    ...embedded,
    ...measuredStores(embedded),
    name: 'store',
    description: `one process, data in ${dataDir}; set REDIS_URL to scale out`,
  };
}

/**
 * Where Redis is, and how it is spoken to; tells until when its certificates are good.
 * @throws ConfigError when its files cannot be used
 */
export function toRedisAddress(
  { urls, mode, masterName, sentinelPassword, tls }: RedisConfig,
  tell: { readonly clock: Clock; readonly logger: Logger },
): RedisAddress {
  if (tls) checkRedisCertificates(tls, tell);
  return {
    urls: urls.map((url) => url.reveal()),
    mode,
    masterName,
    ...(sentinelPassword ? { sentinelPassword: sentinelPassword.reveal() } : {}),
    ...(tls ? { tls: { ...tls, key: tls.key?.reveal() } } : {}),
  };
}

function measuredStores({
  records,
  store,
}: Pick<Ports, 'records' | 'store'>): Pick<Ports, 'records' | 'store'> {
  return { records: measured(records, 'records'), store: measured(store, 'watches') };
}
