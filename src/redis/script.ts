import { createHash } from 'node:crypto';
import { answerOf } from './answer-of.js';
import type { RedisClient } from './redis-client.js';

/** A Lua script: what it does, it does in one step. All its keys must be of one slot. */
export class Script {
  readonly #lua: string;
  readonly #sha: string;

  constructor(lua: string) {
    this.#lua = lua;
    this.#sha = createHash('sha1').update(lua).digest('hex');
  }

  /** @throws {StoreUnavailableError} when Redis cannot serve now. */
  async run(
    redis: RedisClient,
    keys: readonly string[],
    values: readonly (string | number)[],
  ): Promise<unknown> {
    try {
      return await answerOf(redis.evalsha(this.#sha, keys.length, ...keys, ...values));
    } catch (error) {
      // A server that was restarted, or has taken over, does not know the script yet.
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return answerOf(redis.eval(this.#lua, keys.length, ...keys, ...values));
    }
  }
}
