import type { Clock } from '../../clock.js';
import type { ConfigSurvey } from '../../config/index.js';
import { toRedisAddress } from '../open-ports.js';
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
        const { checkRedis } = await import('../../redis/check-redis.js');
        await checkRedis(
          { ...toRedisAddress(redis, { clock, logger }), waitMs: Math.min(WAIT_MS, redis.waitMs) },
          { keyPrefix: redis.prefix, clock, logger, quiet: silentLogger },
        );
      },
    },
  ];
}
