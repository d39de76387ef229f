import { z } from 'zod';
import type { Keys } from '../../redis/keys.js';
import type { RedisClient } from '../../redis/redis-client.js';
import { Script } from '../../redis/script.js';
import type { KeptReading, ReadingStore } from '../ports.js';

// KEYS[1] is a hash: fence (last handed out), turn (the fence that has it), turnUntil, text and dueAt of what was read,
// read (its fence), forgotten (readings of no higher fence are). Times are epoch milliseconds by the clock of Redis.

// Longer than any turn, so that no fence is handed out twice while somebody has it.
const KEPT_MS = 300_000;

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** ARGV: for how long the turn is taken, 1 when nothing that was read will do, how long it is kept. Answers text and dueAt; or the fence alone; or, as a number, for how long another has the turn. */
const takeScript = new Script(`${NOW}
local kept = redis.call('HMGET', KEYS[1], 'text', 'dueAt', 'read', 'forgotten', 'turnUntil')
if ARGV[2] == '0' and kept[1] and tonumber(kept[2]) > now and tonumber(kept[3]) > tonumber(kept[4] or 0) then
  return {kept[1], kept[2]}
end
local held = tonumber(kept[5] or 0) - now
if held > 0 then return held end
local fence = redis.call('HINCRBY', KEYS[1], 'fence', 1)
redis.call('HSET', KEYS[1], 'turn', fence, 'turnUntil', now + ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {fence}
`);

const IN_TURN = `if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then return 0 end`;

/** ARGV: fence, for how long from now. */
const keepScript = new Script(`${NOW}${IN_TURN}
redis.call('HSET', KEYS[1], 'turnUntil', now + ARGV[2])
return 1
`);

/** ARGV: fence. */
const endScript = new Script(`${IN_TURN}
redis.call('HDEL', KEYS[1], 'turn', 'turnUntil')
return 1
`);

/** ARGV: fence, text, dueAt, how long it is kept beyond that. */
const putScript = new Script(`${IN_TURN}
redis.call('HSET', KEYS[1], 'text', ARGV[2], 'dueAt', ARGV[3], 'read', ARGV[1])
redis.call('HDEL', KEYS[1], 'turn', 'turnUntil')
redis.call('PEXPIREAT', KEYS[1], string.format('%d', ARGV[3] + ARGV[4]))
return 1
`);

const forgetScript = new Script(`
local fence = redis.call('HGET', KEYS[1], 'fence')
if not fence then return 0 end
redis.call('HSET', KEYS[1], 'forgotten', fence)
return 1
`);

const taken = z.union([
  z.tuple([z.string(), z.coerce.number()]).transform(([text, dueAt]) => ({ text, dueAt })),
  z.tuple([z.number()]).transform(([fence]) => ({ fence })),
  z.number().transform((heldForMs) => ({ heldForMs })),
]);

/** Readings that all processes share. */
export class RedisReadings implements ReadingStore {
  readonly #redis: RedisClient;
  readonly #keys: Keys;

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async take(
    name: string,
    forMs: number,
    fresh: boolean,
  ): Promise<KeptReading | { fence: number } | { heldForMs: number }> {
    return taken.parse(await this.#run(takeScript, name, [forMs, fresh ? 1 : 0, KEPT_MS]));
  }

  async keepTurn(name: string, fence: number, forMs: number): Promise<void> {
    await this.#run(keepScript, name, [fence, forMs]);
  }

  async endTurn(name: string, fence: number): Promise<void> {
    await this.#run(endScript, name, [fence]);
  }

  async put(name: string, fence: number, { text, dueAt }: KeptReading): Promise<void> {
    await this.#run(putScript, name, [fence, text, dueAt, KEPT_MS]);
  }

  async forget(name: string): Promise<void> {
    await this.#run(forgetScript, name, []);
  }

  #run(script: Script, name: string, values: readonly (string | number)[]): Promise<unknown> {
    return script.run(this.#redis, [this.#keys.reading(name)], values);
  }
}
