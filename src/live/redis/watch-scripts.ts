import { Script } from '../../redis/script.js';

// In every script KEYS[1] is the watch, a hash, and KEYS[2] its log, a stream with one entry `<sequence>-0` per event.
// Hash: spec, fence (last handed out), committed (highest fence that committed), sequence, print (of the latest event),
// terminal (once ended), interest (until when somebody is subscribed), rests (for how long it is kept without interest).

const APPEND = `
local function append(sequence, event, print, terminal, retained, retention)
  redis.call('HSET', KEYS[1], 'sequence', sequence, 'print', print)
  redis.call('XADD', KEYS[2], 'MAXLEN', '=', retained, sequence .. '-0', 'e', event)
  if terminal == '1' then
    redis.call('HSET', KEYS[1], 'terminal', '1')
    redis.call('PEXPIRE', KEYS[1], retention)
    redis.call('PEXPIRE', KEYS[2], retention)
  else
    local left = redis.call('PTTL', KEYS[1])
    if left > 0 then redis.call('PEXPIRE', KEYS[2], left) end
  end
  redis.call('PUBLISH', KEYS[1], sequence)
end
`;

/** ARGV: spec, keptUntil (epoch ms, or empty), event (or empty), print, terminal, retained, retention. Answers created, existing or ended. */
export const ensureScript = new Script(`${APPEND}
if redis.call('HGET', KEYS[1], 'terminal') then return 'ended' end
if redis.call('EXISTS', KEYS[1]) == 1 then return 'existing' end
redis.call('HSET', KEYS[1], 'spec', ARGV[1], 'fence', 0, 'committed', 0, 'sequence', 0, 'interest', 0)
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[1], 'rests', ARGV[7])
  redis.call('PEXPIREAT', KEYS[1], ARGV[2])
end
if ARGV[3] ~= '' then append(1, ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]) end
return 'created'
`);

/** Answers fence, spec and the latest entry of the log, or nothing for an unknown watch. */
export const beginScript = new Script(`
local spec = redis.call('HGET', KEYS[1], 'spec')
if not spec then return false end
local fence = redis.call('HINCRBY', KEYS[1], 'fence', 1)
return {fence, spec, redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)}
`);

/** ARGV: fence, expected sequence, event, print, terminal, retained, retention. Answers the outcome, with sequence and spec when NEW. */
export const commitScript = new Script(`${APPEND}
local watch = redis.call('HMGET', KEYS[1], 'spec', 'terminal', 'committed', 'sequence', 'print')
if not watch[1] then return {'UNKNOWN'} end
if watch[2] then return {'ENDED'} end
if tonumber(ARGV[1]) < tonumber(watch[3]) then return {'STALE'} end
if tonumber(ARGV[2]) ~= tonumber(watch[4]) then return {'CONFLICT'} end
redis.call('HSET', KEYS[1], 'committed', ARGV[1])
if watch[5] == ARGV[4] then return {'SAME'} end
local sequence = tonumber(watch[4]) + 1
append(sequence, ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7])
return {'NEW', sequence, watch[1]}
`);

/** ARGV: the sequence after which entries are wanted, or empty. Answers spec, the latest entry, and the entries. */
export const readScript = new Script(`
local spec = redis.call('HGET', KEYS[1], 'spec')
if not spec then return false end
local since = {}
if ARGV[1] ~= '' and ARGV[1] ~= redis.call('HGET', KEYS[1], 'sequence') then
  since = redis.call('XRANGE', KEYS[2], '(' .. ARGV[1] .. '-0', '+')
end
return {spec, redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1), since}
`);

/** ARGV: until (epoch ms). */
export const keepInterestScript = new Script(`
local watch = redis.call('HMGET', KEYS[1], 'interest', 'rests', 'terminal')
if not watch[1] or tonumber(ARGV[1]) <= tonumber(watch[1]) then return 0 end
redis.call('HSET', KEYS[1], 'interest', ARGV[1])
if watch[2] and not watch[3] then
  local keptUntil = string.format('%d', tonumber(ARGV[1]) + tonumber(watch[2]))
  redis.call('PEXPIREAT', KEYS[1], keptUntil)
  redis.call('PEXPIREAT', KEYS[2], keptUntil)
end
return 1
`);

/** KEYS[1]: the index of active watches. ARGV: id, and the score it was seen with: one that was added anew meanwhile stays. */
export const forgetScript = new Script(`
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('ZREM', KEYS[1], ARGV[1]) end
return 0
`);
