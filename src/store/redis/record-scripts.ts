import { Script } from '../../redis/script.js';

// KEYS[1] is the record, a hash of value, createdAt and expiresAt; KEYS[2] its owner's index, a sorted set of ids by
// createdAt; KEYS[3] those of them that expire, a sorted set of ids by expiresAt. Each write removes from the indexes some
// ids of records that have expired, more than it adds.
// The index lives as long as the record that lives longest. What may be refused for want of memory is written first: once
// a script has written, Redis lets it go on, and what it made would not be known to be too much. The record comes after
// the indexes: an id without a record is passed over, but a record that no list has would be taken for kept.
const WRITE = `
local function write(id, value, createdAt, expiresAt, now)
  local left = redis.call('PTTL', KEYS[2])
  redis.call('ZADD', KEYS[2], createdAt, id)
  if expiresAt == '' then
    redis.call('ZREM', KEYS[3], id)
  else
    redis.call('ZADD', KEYS[3], expiresAt, id)
  end
  redis.call('HSET', KEYS[1], 'value', value, 'createdAt', createdAt, 'expiresAt', expiresAt)
  local over = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', redis.call('TIME')[1] * 1000, 'LIMIT', 0, 10)
  if #over > 0 then
    redis.call('ZREM', KEYS[2], unpack(over))
    redis.call('ZREM', KEYS[3], unpack(over))
  end
  if expiresAt == '' then
    redis.call('PERSIST', KEYS[1])
    redis.call('PERSIST', KEYS[2])
    redis.call('PERSIST', KEYS[3])
  else
    redis.call('PEXPIREAT', KEYS[1], expiresAt)
    if left == -2 or (left >= 0 and tonumber(now) + left < tonumber(expiresAt)) then
      redis.call('PEXPIREAT', KEYS[2], expiresAt)
      redis.call('PEXPIREAT', KEYS[3], expiresAt)
    end
  end
  return 1
end
`;

/** ARGV: id, value, createdAt, expiresAt (or empty), now. Answers 1 when written. */
export const insertScript = new Script(`${WRITE}
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
return write(ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
`);

/**
 * ARGV: as for inserting, then a channel that nobody listens to. Whoever may write and not tell is refused here, before
 * anything has happened that would have to be told.
 */
export const claimScript = new Script(`${WRITE}
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('PUBLISH', ARGV[6], '')
return write(ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
`);

/** ARGV: as for inserting. */
export const putScript = new Script(`${WRITE}
return write(ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
`);

/** ARGV: as for inserting, then the value that is expected to be there. */
export const replaceScript = new Script(`${WRITE}
if redis.call('HGET', KEYS[1], 'value') ~= ARGV[6] then return 0 end
return write(ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
`);

/** ARGV: id. Answers 1 when there was a record. */
export const deleteScript = new Script(`
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
return redis.call('DEL', KEYS[1])
`);

/** Removes the id of a record that has expired from the index. ARGV: id. */
export const tidyScript = new Script(`
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('ZREM', KEYS[3], ARGV[1])
  return redis.call('ZREM', KEYS[2], ARGV[1])
end
return 0
`);

/** KEYS[1]: the counter. ARGV: window in milliseconds, what to add. Answers the new value, and milliseconds it has left. */
export const incrementScript = new Script(`
local found = redis.call('GET', KEYS[1])
local count = math.max(0, tonumber(found or 0) + tonumber(ARGV[2]))
local text = string.format('%d', count)
if found then
  redis.call('SET', KEYS[1], text, 'KEEPTTL')
elseif count > 0 then
  redis.call('SET', KEYS[1], text, 'PX', ARGV[1])
end
return {count, redis.call('PTTL', KEYS[1])}
`);
