import type { Environment } from './environment.js';
import { wholeNumber } from './fields.js';
import { parseSettings } from './settings.js';

/** Most within a minute; 0: as many as somebody likes. */
export interface RateLimitConfig {
  readonly perCaller: number;
  readonly perTenant: number;
}

/** How much callers and tenants may do, over all processes that share a Redis. */
export interface RateConfig {
  /** Operations of any kind. */
  readonly requests: RateLimitConfig;
  /** Operations that are mutations. */
  readonly mutations: RateLimitConfig;
  /** Commands that have their effect at a provider. */
  readonly effects: RateLimitConfig;
}

const count = () => wholeNumber(0, 1_000_000_000);
const ofTenant = 'The same for all callers of one tenant together. 0 takes the limit away.';

export const rateSettings = {
  MAX_REQUESTS_PER_CALLER_PER_MINUTE: count()
    .default(6_000)
    .describe('Most operations of one caller within a minute, whatever transport. 0 takes the limit away.'),
  MAX_REQUESTS_PER_TENANT_PER_MINUTE: count().default(60_000).describe(ofTenant),
  MAX_MUTATIONS_PER_CALLER_PER_MINUTE: count()
    .default(600)
    .describe('Most mutations of one caller within a minute. 0 takes the limit away.'),
  MAX_MUTATIONS_PER_TENANT_PER_MINUTE: count().default(6_000).describe(ofTenant),
  MAX_EFFECTS_PER_CALLER_PER_MINUTE: count()
    .default(600)
    .describe(
      'Most commands that one caller sends to providers within a minute; one mutation may hold several. 0 takes the limit away.',
    ),
  MAX_EFFECTS_PER_TENANT_PER_MINUTE: count().default(6_000).describe(ofTenant),
};

/** @throws ConfigError */
export function readRateConfig(environment: Environment): RateConfig {
  const settings = parseSettings(rateSettings, environment);
  return {
    requests: {
      perCaller: settings.MAX_REQUESTS_PER_CALLER_PER_MINUTE,
      perTenant: settings.MAX_REQUESTS_PER_TENANT_PER_MINUTE,
    },
    mutations: {
      perCaller: settings.MAX_MUTATIONS_PER_CALLER_PER_MINUTE,
      perTenant: settings.MAX_MUTATIONS_PER_TENANT_PER_MINUTE,
    },
    effects: {
      perCaller: settings.MAX_EFFECTS_PER_CALLER_PER_MINUTE,
      perTenant: settings.MAX_EFFECTS_PER_TENANT_PER_MINUTE,
    },
  };
}
