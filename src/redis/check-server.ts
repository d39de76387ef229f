import type { Redis } from 'ioredis';
import type { Logger } from '../log.js';
import { RedisUnavailableError } from './redis-unavailable-error.js';

// A log of a few small events fills a node of the default 4 kB only in part, and each watch has a log.
const STREAM_NODE_BYTES = '1024';

/**
 * Looks at the server once, at the start: what it must be, and what puts data at risk.
 * @throws {RedisUnavailableError} when it is older than Redis 6.2.
 */
export async function checkServer(redis: Redis, logger: Logger): Promise<void> {
  const facts = parseInfo(await redis.info());
  const version = facts.get('redis_version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 6 || (major === 6 && minor < 2))
    throw new RedisUnavailableError(`Redis 6.2 or newer is needed; this one is ${version || 'unknown'}.`);
  const policy = facts.get('maxmemory_policy') ?? 'noeviction';
  if (policy !== 'noeviction')
    logger.warn(
      { setting: 'maxmemory-policy', state: policy },
      'Redis may evict watches and records when its memory is full; set maxmemory-policy to noeviction',
    );
  if (facts.get('aof_enabled') === '0' && (await setting(redis, 'save')) === '')
    logger.warn(
      { setting: 'appendonly' },
      'Redis keeps nothing on disk: its restart loses every watch and record; set appendonly to yes',
    );
  // Managed servers refuse this; then a watch takes some more memory.
  await redis.config('SET', 'stream-node-max-bytes', STREAM_NODE_BYTES).catch(() => undefined);
}

function parseInfo(info: string): ReadonlyMap<string, string> {
  return new Map(
    info.split('\r\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)] as const];
    }),
  );
}

/** Undefined where settings cannot be read, as with managed servers. */
async function setting(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const answer = await redis.config('GET', name);
    const value: unknown = Array.isArray(answer) ? answer[1] : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
