import type { Config } from '../config/index.js';

/** The configured Redis, as those who connect to it want it: its secrets revealed. */
export function redisOf({
  urls,
  mode,
  masterName,
  sentinelPassword,
  prefix,
  tls,
  waitMs,
}: NonNullable<Config['redis']>) {
  return {
    urls: urls.map((url) => url.reveal()),
    mode,
    masterName,
    ...(sentinelPassword ? { sentinelPassword: sentinelPassword.reveal() } : {}),
    waitMs,
    keyPrefix: prefix,
    ...(tls ? { tls: { ...tls, key: tls.key?.reveal() } } : {}),
  };
}
