import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { answerOf } from './answer-of.js';
import type { RedisClient } from './redis-client.js';

export interface RedisClockOptions {
  /** For timers, and what the time of Redis is compared with. */
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds by a clock that nobody sets. Default `performance.now`. */
  readonly monotonicMs?: () => number;
}

const ASK_EVERY_MS = 10_000;
// Below that, nobody sees anything of it.
const TOLERATED_MS = 5_000;

/**
 * The time by Redis, the same for all processes on it, whatever time their machines show: asked for now and then, and
 * counted on from there.
 */
export class RedisClock implements Clock {
  readonly #redis: RedisClient;
  readonly #options: RedisClockOptions;
  readonly #monotonicMs: () => number;
  /** What to add to the monotonic time. */
  #offsetMs = 0;
  #isOff = false;
  #cancelAsking: () => void = () => undefined;

  private constructor(redis: RedisClient, options: RedisClockOptions) {
    this.#redis = redis;
    this.#options = options;
    this.#monotonicMs = options.monotonicMs ?? (() => performance.now());
  }

  /** @throws {StoreUnavailableError} when Redis does not tell the time. */
  static async start(redis: RedisClient, options: RedisClockOptions): Promise<RedisClock> {
    const clock = new RedisClock(redis, options);
    await clock.#ask();
    redis.on('ready', clock.#askAgain);
    return clock;
  }

  now(): number {
    return Math.round(this.#offsetMs + this.#monotonicMs());
  }

  schedule(delayMs: number, callback: () => void): () => void {
    return this.#options.clock.schedule(delayMs, callback);
  }

  close(): void {
    this.#cancelAsking();
    this.#redis.off('ready', this.#askAgain);
  }

  readonly #askAgain = (): void => {
    // Until Redis answers again, time is counted on.
    this.#ask().catch(() => undefined);
  };

  async #ask(): Promise<void> {
    this.#cancelAsking();
    this.#cancelAsking = this.schedule(ASK_EVERY_MS, this.#askAgain);
    const askedAt = this.#monotonicMs();
    const [seconds = 0, microseconds = 0] = await answerOf(this.#redis.time());
    const answeredAt = this.#monotonicMs();
    this.#offsetMs = seconds * 1_000 + microseconds / 1_000 - (askedAt + answeredAt) / 2;
    this.#report();
  }

  /** One line when the machine's own clock is found to be wrong, and one when it is right again. */
  #report(): void {
    const { clock, logger } = this.#options;
    const aheadMs = clock.now() - this.now();
    const isOff = Math.abs(aheadMs) > TOLERATED_MS;
    if (isOff && !this.#isOff)
      logger.warn(
        { aheadMs },
        'the clock of this machine is not that of Redis, by which everything is timed',
      );
    if (!isOff && this.#isOff) logger.info({}, 'the clock of this machine agrees with that of Redis again');
    this.#isOff = isOff;
  }
}
