import { z } from 'zod';
import type { CallGate, Permit } from '../providers/kit/call-gate.js';
import type { Keys } from './keys.js';
import { Script } from './script.js';
import type { RedisClient } from './redis-client.js';

// KEYS[1] is a hash of until (calls are refused up to then), broken (a probe must come next), probing (up to then one is
// under way). Times are those of Redis, the one clock all processes share.
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

// ARGV: how long a probe may take. Answers what to do, and for how long calls are refused.
const enterScript = new Script(`${NOW}
local state = redis.call('HMGET', KEYS[1], 'until', 'broken', 'probing')
if not state[1] then return {'free', 0} end
local left = tonumber(state[1]) - now
if left > 0 then return {state[2] and 'broken' or 'paused', left} end
if not state[2] then return {'free', 0} end
local probing = tonumber(state[3] or 0) - now
if probing > 0 then return {'broken', probing} end
redis.call('HSET', KEYS[1], 'probing', now + ARGV[1])
return {'probe', 0}
`);

// ARGV: for how long; for how much longer it is remembered that a probe must come.
const openScript = new Script(`${NOW}
redis.call('HSET', KEYS[1], 'until', now + ARGV[1], 'broken', '1')
redis.call('HDEL', KEYS[1], 'probing')
redis.call('PEXPIRE', KEYS[1], ARGV[1] + ARGV[2])
return 1
`);

const closeScript = new Script(`return redis.call('DEL', KEYS[1])`);

// ARGV: for how long. One that is broken, or paused for longer, stays as it is.
const pauseScript = new Script(`${NOW}
local state = redis.call('HMGET', KEYS[1], 'until', 'broken')
if state[2] or (state[1] and tonumber(state[1]) >= now + ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'until', now + ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
`);

const entered = z.tuple([z.enum(['free', 'probe', 'broken', 'paused']), z.number()]);

// A probe whose process ended with it gives way to the next after this long: longer than a call takes.
const PROBE_MS = 15_000;
const REMEMBERED_MS = 600_000;

/** Breaker and pause of each provider, shared over Redis. */
export class RedisCallGate implements CallGate {
  readonly #redis: RedisClient;
  readonly #keys: Keys;

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async enter(name: string): Promise<Permit> {
    const [permit, retryAfterMs] = entered.parse(await this.#run(enterScript, name, PROBE_MS));
    return permit === 'free' || permit === 'probe' ? permit : { refused: permit, retryAfterMs };
  }

  async open(name: string, openMs: number): Promise<void> {
    await this.#run(openScript, name, openMs, REMEMBERED_MS);
  }

  async close(name: string): Promise<void> {
    await this.#run(closeScript, name);
  }

  async pause(name: string, ms: number): Promise<void> {
    await this.#run(pauseScript, name, Math.ceil(ms));
  }

  #run(script: Script, name: string, ...values: number[]): Promise<unknown> {
    return script.run(this.#redis, [this.#keys.breaker(name)], values);
  }
}
