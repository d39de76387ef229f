import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { ownerKey } from '../owner.js';
import type { SharedCounts } from '../redis/shared-counts.js';
import { RATES } from './rates.js';
import type { Rate, Rates, RateState } from './rates.js';

/** Most of each within a minute; 0 is no limit. */
export interface RateLimits {
  readonly perCaller: number;
  readonly perTenant: number;
}

const WINDOW_MS = 60_000;

/**
 * Counts in Redis where processes share one, and in this process otherwise. While Redis is away each process counts for
 * itself: a limit that cannot be shared is no reason to refuse everybody.
 */
export function createRates(limits: Readonly<Record<Rate, RateLimits>>, shared?: SharedCounts): Rates {
  const counters = new Map(
    RATES.map((rate) => [
      rate,
      {
        caller: createCounter(`${rate}:caller`, limits[rate].perCaller, shared),
        tenant: createCounter(`${rate}:tenant`, limits[rate].perTenant, shared),
      },
    ]),
  );
  return {
    async take(rate, owner) {
      const { caller, tenant } = counters.get(rate) ?? {};
      const own = caller && (await count(caller, 'caller', ownerKey(owner)));
      if (own?.isAllowed === false) return own;
      const all = tenant && (await count(tenant, 'tenant', encodeURIComponent(owner.tenant)));
      if (!own || !all) return own ?? all;
      return all.isAllowed && own.remaining <= all.remaining ? own : all;
    },
  };
}

function createCounter(
  name: string,
  points: number,
  shared: SharedCounts | undefined,
): RateLimiterAbstract | undefined {
  if (points === 0) return undefined;
  const options = { points, duration: WINDOW_MS / 1_000, keyPrefix: name };
  const own = new RateLimiterMemory(options);
  if (!shared) return own;
  return new RateLimiterRedis({
    ...options,
    keyPrefix: `${shared.keyPrefix}:${name}`,
    storeClient: shared.redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: own,
    // Whoever has too many is refused without asking Redis again.
    inMemoryBlockOnConsumed: points + 1,
  });
}

async function count(counter: RateLimiterAbstract, of: RateState['of'], key: string): Promise<RateState> {
  const state = (result: RateLimiterRes, isAllowed: boolean): RateState => ({
    ...{ isAllowed, of, windowMs: WINDOW_MS, limit: counter.points },
    remaining: Math.max(0, result.remainingPoints),
    resetMs: Math.max(1, result.msBeforeNext),
  });
  try {
    return state(await counter.consume(key), true);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return state(refusal, false);
    throw refusal;
  }
}
