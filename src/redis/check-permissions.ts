import type { Keys } from './keys.js';
import type { RedisClient } from './redis-client.js';
import { RedisUnavailableError } from './redis-unavailable-error.js';
import { Script } from './script.js';

/**
 * KEYS[1]: a name of ours that nothing has. Leaves nothing there, and tells a channel of the same name when ARGV says so. What
 * is kept is of these kinds.
 */
const probe = new Script(`
redis.call('SET', KEYS[1], '1', 'PX', 10000)
redis.call('GET', KEYS[1])
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'probe', '1')
redis.call('DEL', KEYS[1])
redis.call('ZADD', KEYS[1], 0, 'probe')
redis.call('DEL', KEYS[1])
redis.call('XADD', KEYS[1], '*', 'probe', '1')
redis.call('DEL', KEYS[1])
if ARGV[1] == 'tell' then redis.call('PUBLISH', KEYS[1], '0') end
return 1
`);

/**
 * Sees that the user of Redis may write what will have to be written, and tell it: found out later, that is after a
 * provider was called.
 * @throws {RedisUnavailableError}
 */
export async function checkPermissions(redis: RedisClient, keys: Keys): Promise<void> {
  const { prefix } = keys;
  try {
    await mayWriteAndTell(redis, keys);
    await probe.run(redis, [keys.alive('probe')], ['']);
  } catch (error) {
    if (!isOfPermissions(error)) return;
    throw new RedisUnavailableError(
      `The user of REDIS_URL may not do what is needed; give it +@read +@write +@scripting +@pubsub, the names ~${prefix}* and ~{${prefix}*, and the channels &${prefix}*.`,
    );
  }
}

/**
 * Writes, removes and tells what nobody looks at, as a change is written and told.
 * @throws StoreUnavailableError, or what Redis says, when it does not take that now
 */
export async function mayWriteAndTell(redis: RedisClient, keys: Keys): Promise<void> {
  await probe.run(redis, [keys.watch('probe')], ['tell']);
}

/** @throws RedisUnavailableError that says which command the user lacks */
export async function permitted<Answer>(command: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!isOfPermissions(error)) throw error;
    throw new RedisUnavailableError(
      `The user of REDIS_URL may not use ${command.toUpperCase()}; give it +${command}.`,
    );
  }
}

/** What fails for another reason now, such as memory, may pass; permissions do not change by themselves. */
function isOfPermissions(error: unknown): boolean {
  const text = error instanceof Error ? `${error.message} ${String(error.cause)}` : '';
  return /NOPERM|No permissions|user executing the script/i.test(text);
}
