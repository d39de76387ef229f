import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.js';
import type { Liveness } from '../liveness.js';
import { answerOf } from '../../redis/answer-of.js';
import type { Keys } from '../../redis/keys.js';
import type { RedisClient } from '../../redis/redis-client.js';

export interface RedisLivenessOptions {
  readonly clock: Clock;
  /** Milliseconds between two signs of life. Default 3,000. */
  readonly beatEveryMs?: number;
  /** Milliseconds after the last one that a process is no longer alive. Default 10,000. */
  readonly expiryMs?: number;
  /** Called when the last sign is gone: Redis has lost what it held, or it took too long. */
  readonly onLost?: () => void;
}

/** Signs of life as keys that expire. */
export class RedisLiveness implements Liveness {
  readonly instance = randomUUID();
  readonly #redis: RedisClient;
  readonly #keys: Keys;
  readonly #clock: Clock;
  readonly #beatEveryMs: number;
  readonly #expiryMs: number;
  readonly #onLost: () => void;
  #hasBeaten = false;
  /** Whether the last sign could not be given. */
  #isAway = false;
  /** Since when Redis has been within reach of this process, and so of the others. */
  #reachableSince: number;
  #cancelBeat: () => void = () => undefined;

  constructor(redis: RedisClient, keys: Keys, options: RedisLivenessOptions) {
    this.#redis = redis;
    this.#keys = keys;
    this.#clock = options.clock;
    this.#beatEveryMs = options.beatEveryMs ?? 3_000;
    this.#expiryMs = options.expiryMs ?? 10_000;
    this.#onLost = options.onLost ?? (() => undefined);
    this.#reachableSince = this.#clock.now();
    redis.on('ready', this.#onReady);
  }

  /** Gives signs of life from now on. */
  async start(): Promise<void> {
    await this.#beat();
  }

  async isAlive(instance: string): Promise<boolean> {
    if (instance === this.instance) return true;
    if ((await answerOf(this.#redis.exists(this.#keys.alive(instance)))) === 1) return true;
    // While Redis was away no sign could reach it.
    return this.#isAway || this.#clock.now() < this.#reachableSince + this.#expiryMs;
  }

  /** Says goodbye, if Redis is there to hear it. */
  async close(): Promise<void> {
    this.#cancelBeat();
    this.#redis.off('ready', this.#onReady);
    await this.#redis.del(this.#keys.alive(this.instance)).catch(() => undefined);
  }

  readonly #onReady = (): void => {
    this.#reachableSince = this.#clock.now();
    void this.#beat();
  };

  async #beat(): Promise<void> {
    this.#cancelBeat();
    this.#cancelBeat = this.#clock.schedule(this.#beatEveryMs, () => void this.#beat());
    try {
      const key = this.#keys.alive(this.instance);
      const before = await this.#redis.set(key, '1', 'PX', this.#expiryMs, 'GET');
      if (before === null && this.#hasBeaten) this.#onLost();
      this.#hasBeaten = true;
      if (this.#isAway) this.#reachableSince = this.#clock.now();
      this.#isAway = false;
    } catch {
      // A connection that is lost reports it, and the next sign follows at once when it is back; but a node of a cluster
      // goes and comes back in silence.
      this.#isAway = true;
    }
  }
}
