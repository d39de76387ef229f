import type { RedisClient } from './redis-client.js';

/** Where processes that share a Redis count together. */
export interface SharedCounts {
  readonly redis: RedisClient;
  /** What the name of every count begins with. */
  readonly keyPrefix: string;
}
