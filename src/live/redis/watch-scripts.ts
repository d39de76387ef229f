import { Script } from '../../redis/script.js';

// In every script KEYS[1] is the watch, a hash, and KEYS[2] its log, a stream with one entry `<sequence>-0` per event.
// Hash: spec, fence (last handed out), committed (highest fence that committed), sequence, print (of the latest event),
// terminal (why it has ended, once it has), interest (until when somebody is subscribed), rests (for how long it is kept
// without interest), turn (the fence that has it), turnUntil, missing (since when it is not found). Times are epoch
// milliseconds by the clock of Redis, the one clock all processes share.

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

// A script that is refused a command in the middle leaves what it has written: the log first, because a watch that knows of
// an event which is not there could never be told of another.
const APPEND = `
local function log(sequence, event, retained)
  redis.call('XADD', KEYS[2], 'MAXLEN', '=', retained, sequence .. '-0', 'e', event)
end
local function append(sequence, print, endReason, retention)
  redis.call('HSET', KEYS[1], 'sequence', sequence, 'print', print)
  if endReason ~= '' then
    redis.call('HSET', KEYS[1], 'terminal', endReason)
    redis.call('PEXPIRE', KEYS[1], retention)
    redis.call('PEXPIRE', KEYS[2], retention)
  else
    if redis.call('HDEL', KEYS[1], 'terminal') == 1 and not redis.call('HGET', KEYS[1], 'rests') then
      redis.call('PERSIST', KEYS[1])
      redis.call('PERSIST', KEYS[2])
    end
    local left = redis.call('PTTL', KEYS[1])
    if left > 0 then redis.call('PEXPIRE', KEYS[2], left) end
  end
  redis.call('PUBLISH', KEYS[1], sequence)
end
`;

/** ARGV: spec, keptUntil (epoch ms, or empty), event (or empty), print, why it ends (or empty), retained, retention. Answers created, existing or ended. */
export const ensureScript = new Script(`${APPEND}
if redis.call('HGET', KEYS[1], 'terminal') then return 'ended' end
if redis.call('EXISTS', KEYS[1]) == 1 then return 'existing' end
local sequence = 0
if ARGV[3] ~= '' then
  -- A log without its watch is what a refusal has left.
  redis.call('DEL', KEYS[2])
  sequence = 1
  log(sequence, ARGV[3], ARGV[6])
end
redis.call('HSET', KEYS[1], 'spec', ARGV[1], 'fence', 0, 'committed', 0, 'sequence', sequence, 'interest', 0)
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[1], 'rests', ARGV[7])
  redis.call('PEXPIREAT', KEYS[1], ARGV[2])
end
if sequence > 0 then append(sequence, ARGV[4], ARGV[5], ARGV[7]) end
return 'created'
`);

/** Answers fence, spec and the latest entry of the log, or nothing for an unknown watch. */
export const beginScript = new Script(`
local spec = redis.call('HGET', KEYS[1], 'spec')
if not spec then return false end
local fence = redis.call('HINCRBY', KEYS[1], 'fence', 1)
return {fence, spec, redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)}
`);

/**
 * ARGV: for how long the turn is taken. Answers as for beginning, or, as a number, for how long another has the turn.
 */
export const beginTurnScript = new Script(`${NOW}
local watch = redis.call('HMGET', KEYS[1], 'spec', 'turnUntil')
if not watch[1] then return false end
local held = tonumber(watch[2] or 0) - now
if held > 0 then return held end
local fence = redis.call('HINCRBY', KEYS[1], 'fence', 1)
redis.call('HSET', KEYS[1], 'turn', fence, 'turnUntil', now + ARGV[1])
return {fence, watch[1], redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)}
`);

/** ARGV: fence, for how long from now. */
export const keepTurnScript = new Script(`${NOW}
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'turnUntil', now + ARGV[2])
return 1
`);

const END_TURN = `
local function endTurn(fence)
  if redis.call('HGET', KEYS[1], 'turn') == fence then redis.call('HDEL', KEYS[1], 'turn', 'turnUntil') end
end
`;

/** ARGV: fence. */
export const endTurnScript = new Script(`${END_TURN}
endTurn(ARGV[1])
return 1
`);

/**
 * ARGV: fence, expected sequence, patience, event, print, why it ends (or empty), retained, retention. Answers the
 * outcome; when NEW also the sequence, the spec and whether the watch had ended before.
 */
export const commitScript = new Script(`${NOW}${APPEND}${END_TURN}
local endReason = ARGV[6]
local watch = redis.call('HMGET', KEYS[1], 'spec', 'terminal', 'committed', 'sequence', 'print', 'missing')
if not watch[1] then return {'UNKNOWN'} end
local isSeen = endReason == '' or endReason == 'FINISHED'
local outcome
if watch[2] and not (watch[2] == 'NOT_FOUND' and isSeen) then
  outcome = 'ENDED'
elseif tonumber(ARGV[1]) < tonumber(watch[3]) and endReason ~= 'FINISHED' then
  outcome = 'STALE'
elseif tonumber(ARGV[2]) ~= tonumber(watch[4]) then
  return {'CONFLICT'}
end
if not outcome then
  redis.call('HSET', KEYS[1], 'committed', math.max(ARGV[1], watch[3]))
  local since = tonumber(watch[6] or now)
  if endReason == 'NOT_FOUND' and now - since < tonumber(ARGV[3]) then
    redis.call('HSET', KEYS[1], 'missing', since)
    outcome = 'MISSING'
  else
    redis.call('HDEL', KEYS[1], 'missing')
    if watch[5] == ARGV[5] then outcome = 'SAME' end
  end
end
endTurn(ARGV[1])
if outcome then return {outcome} end
local sequence = tonumber(watch[4]) + 1
log(sequence, ARGV[4], ARGV[7])
append(sequence, ARGV[5], endReason, ARGV[8])
return {'NEW', sequence, watch[1], watch[2] and 1 or 0}
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
