import { z } from 'zod';
import { answerOf } from '../../redis/answer-of.js';
import { Script } from '../../redis/script.js';
import type { RedisClient } from '../../redis/redis-client.js';

// Only a watch that was cancelled meanwhile is without a time. ARGV: id, how much too early is not. Answers whether it may
// be polled, 1 or 0, and when it is due, as text; nothing when it was cancelled.
const startScript = new Script(`
local dueAt = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not dueAt then return false end
local time = redis.call('TIME')
if dueAt ~= 'inf' and tonumber(dueAt) - ARGV[2] > time[1] * 1000 + time[2] / 1000 then return {0, dueAt} end
redis.call('ZADD', KEYS[1], 'inf', ARGV[1])
return {1, dueAt}
`);
const started = z.tuple([z.number(), z.string()]).nullable();

// ARGV: how much too late is not, how many at the most. Answers ids, those due the longest first.
const overdueScript = new Script(`
local time = redis.call('TIME')
local before = time[1] * 1000 + time[2] / 1000 - ARGV[1]
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', before, 'LIMIT', 0, ARGV[2])
`);
const ids = z.array(z.string());

// ARGV: id, next time (epoch ms, or inf for none). Answers the time, as text, or nothing when there is no next poll.
const finishScript = new Script(`
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return false end
redis.call('ZADD', KEYS[1], 'LT', ARGV[2], ARGV[1])
local dueAt = redis.call('ZSCORE', KEYS[1], ARGV[1])
if dueAt ~= 'inf' then return dueAt end
redis.call('ZREM', KEYS[1], ARGV[1])
return false
`);

// Clocks that agree differ by less.
export const EARLY_MS = 500;

/**
 * When each watch of one provider is due: what the jobs of its queue are brought in line with. A watch that is being
 * polled is due at infinity, so whatever is asked for meanwhile is earlier, and not forgotten when the poll has finished.
 */
export class DueTimes {
  readonly #redis: RedisClient;
  readonly #key: string;

  /** @param key a sorted set, in the slot of the queue. */
  constructor(redis: RedisClient, key: string) {
    this.#redis = redis;
    this.#key = key;
  }

  /** Makes the watch due at `dueAt` unless it is so earlier; answers when it is due. */
  async ask(id: string, dueAt: number): Promise<number> {
    await answerOf(this.#redis.zadd(this.#key, 'LT', dueAt, id));
    return (await this.of(id)) ?? dueAt;
  }

  /** Undefined for a watch without a next poll, and for one that is being polled and not asked for again. */
  async of(id: string): Promise<number | undefined> {
    const score = Number((await answerOf(this.#redis.zscore(this.#key, id))) ?? Infinity);
    return Number.isFinite(score) ? score : undefined;
  }

  async cancel(id: string): Promise<void> {
    await answerOf(this.#redis.zrem(this.#key, id));
  }

  /**
   * Marks the watch as being polled, unless it is not due yet by the clock of Redis. `dueAt` is when it is, or was:
   * infinity where a process that is gone was polling it. Undefined when it was cancelled.
   */
  async start(id: string): Promise<{ readonly isDue: boolean; readonly dueAt: number } | undefined> {
    const found = started.parse(await startScript.run(this.#redis, [this.#key], [id, EARLY_MS]));
    return found === null
      ? undefined
      : { isDue: found[0] === 1, dueAt: Number(found[1].replace('inf', 'Infinity')) };
  }

  /** Watches that are due by the clock of Redis, and not being polled; the longest overdue first. */
  async overdue(atMost: number): Promise<readonly string[]> {
    return ids.parse(await overdueScript.run(this.#redis, [this.#key], [EARLY_MS, atMost]));
  }

  /** Takes the time a poll has asked for, or none; answers when the watch is due now, if it is. */
  async finish(id: string, nextAt: number | undefined): Promise<number | undefined> {
    const dueAt = await finishScript.run(this.#redis, [this.#key], [id, nextAt ?? 'inf']);
    return typeof dueAt === 'string' ? Number(dueAt) : undefined;
  }
}
