import { answerOf } from './answer-of.js';
import type { Keys } from './keys.js';
import type { RedisClient } from './redis-client.js';
import { RedisUnavailableError } from './redis-unavailable-error.js';
import { Script } from './script.js';

/**
 * Counts up when a program of the version before could not use what lies in Redis. 1 kept none. Since 2 watches lie
 * sealed; what version 1 has left in clear is read as it is, until it ends.
 */
export const REDIS_VERSION = 2;

/** KEYS[1]: the version. ARGV: ours. Answers what is there, after it was made ours if it was lower. */
const upgradeScript = new Script(`
local found = tonumber(redis.call('GET', KEYS[1]) or 1)
if found < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1]) end
return math.max(found, tonumber(ARGV[1]))
`);

/**
 * Sees that what lies in Redis is of no newer version.
 * @throws {RedisUnavailableError} when it is
 */
export async function requireStoreVersion(redis: RedisClient, keys: Keys): Promise<void> {
  refuseNewer(Number((await answerOf(redis.get(keys.version()))) ?? 1), keys);
}

/**
 * The same, and marks it as ours from now on.
 * @throws {RedisUnavailableError} when it is of a newer version; nothing was changed then
 */
export async function takeStoreVersion(redis: RedisClient, keys: Keys): Promise<void> {
  refuseNewer(Number(await upgradeScript.run(redis, [keys.version()], [REDIS_VERSION])), keys);
}

function refuseNewer(found: number, { prefix }: Keys): void {
  if (found > REDIS_VERSION)
    throw new RedisUnavailableError(
      `Redis holds data of store version ${found} under ${prefix}, written by a newer version of this program, which knows versions up to ${REDIS_VERSION}: use that one, or another REDIS_PREFIX.`,
    );
}
