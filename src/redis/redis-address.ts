import type { ConnectionOptions } from 'node:tls';

/** Where Redis is, and how it is spoken to. */
export interface RedisAddress {
  /** `redis://` or `rediss://`; several for a cluster or Sentinels. The name and password of the first count; they are never logged. */
  readonly urls: readonly string[];
  /** What the addresses name. Default `standalone`. */
  readonly mode?: 'standalone' | 'cluster' | 'sentinel';
  /** What the Sentinels call the server. Default `mymaster`. */
  readonly masterName?: string;
  /** Of the Sentinels themselves. */
  readonly sentinelPassword?: string;
  /** For `rediss://`: PEM texts of the authorities to trust, and of what to show of oneself. */
  readonly tls?: ConnectionOptions;
}
