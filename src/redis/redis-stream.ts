import { answerOf } from './answer-of.js';
import type { RedisClient } from './redis-client.js';

/** A stream in Redis that is only ever appended to, and keeps about so many of its newest entries. */
export class RedisStream {
  readonly #redis: RedisClient;
  readonly #key: string;
  readonly #entries: number;
  readonly #pending = new Set<Promise<void>>();

  constructor(redis: RedisClient, key: string, entries: number) {
    this.#redis = redis;
    this.#key = key;
    this.#entries = entries;
  }

  /** Rejects with StoreUnavailableError when it may not be there. */
  append(fields: Readonly<Record<string, string>>): Promise<void> {
    const added = this.#redis.xadd(
      this.#key,
      'MAXLEN',
      '~',
      this.#entries,
      '*',
      ...Object.entries(fields).flat(),
    );
    const appended = answerOf(added).then(() => undefined);
    this.#pending.add(appended);
    const done = (): void => void this.#pending.delete(appended);
    appended.then(done, done);
    return appended;
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#pending);
  }
}
