import type { Clock } from '../../clock.js';
import type { ConfigSurvey } from '../../config/index.js';
import { checkRedisCertificates } from '../../redis/certificates.js';
import { redisOf } from '../redis-of.js';
import { complainingLogger, silentLogger } from './complaining-logger.js';
import type { Check } from './finding.js';

const WAIT_MS = 5_000;

/** Connects to Redis as a start does, writes one key that says nothing, and looks at how it is set up. */
export function redisChecks({ redis }: ConfigSurvey, clock: Clock): readonly Check[] {
  if (!redis) return [];
  return [
    {
      what: 'Redis',
      async run(complain) {
        const logger = complainingLogger(complain);
        if (redis.tls) checkRedisCertificates(redis.tls, { clock, logger });
        const { checkRedis } = await import('../../redis/check-redis.js');
        const { keyPrefix, ...address } = redisOf(redis);
        await checkRedis(
          { ...address, waitMs: Math.min(WAIT_MS, redis.waitMs) },
          { keyPrefix, clock, logger, quiet: silentLogger },
        );
      },
    },
  ];
}
