import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.js';
import type { Lease, Liveness } from '../liveness.js';
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

/** A name under which things are begun, and signs are given while any of them is under way. */
interface Life {
  readonly instance: string;
  running: number;
  hasSign: boolean;
  /** Something of it is over and nobody could be told: nothing more is begun under this name. */
  isOver: boolean;
}

/** Signs of life as keys that expire. */
export class RedisLiveness implements Liveness {
  readonly #redis: RedisClient;
  readonly #keys: Keys;
  readonly #clock: Clock;
  readonly #beatEveryMs: number;
  readonly #expiryMs: number;
  readonly #onLost: () => void;
  #lives: readonly Life[] = [];
  /** Whether the last signs could not be given. */
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

  async begin(): Promise<Lease> {
    const life = this.#current();
    life.running += 1;
    if (!life.hasSign) await this.#sign(life);
    return {
      instance: life.hasSign ? life.instance : undefined,
      end: (isTold) => {
        life.running -= 1;
        life.isOver ||= !isTold;
        this.#lives = this.#lives.filter(({ isOver, running }) => !isOver || running > 0);
      },
    };
  }

  async isAlive(instance: string): Promise<boolean> {
    if (this.#lives.some((life) => life.instance === instance)) return true;
    if ((await answerOf(this.#redis.exists(this.#keys.alive(instance)))) === 1) return true;
    // While Redis was away no sign could reach it.
    return this.#isAway || this.#clock.now() < this.#reachableSince + this.#expiryMs;
  }

  /** Says goodbye, if Redis is there to hear it. */
  async close(): Promise<void> {
    this.#cancelBeat();
    this.#redis.off('ready', this.#onReady);
    await Promise.allSettled(this.#lives.map(({ instance }) => this.#redis.del(this.#keys.alive(instance))));
  }

  readonly #onReady = (): void => {
    this.#reachableSince = this.#clock.now();
    void this.#beat();
  };

  #current(): Life {
    const current = this.#lives.find(({ isOver }) => !isOver);
    if (current) return current;
    const life = { instance: randomUUID(), running: 0, hasSign: false, isOver: false };
    this.#lives = [...this.#lives, life];
    return life;
  }

  async #beat(): Promise<void> {
    this.#cancelBeat();
    this.#cancelBeat = this.#clock.schedule(this.#beatEveryMs, () => void this.#beat());
    this.#current();
    try {
      await Promise.all(this.#lives.map((life) => this.#prolong(life)));
      if (this.#isAway) this.#reachableSince = this.#clock.now();
      this.#isAway = false;
    } catch {
      // A connection that is lost reports it, and the next sign follows at once when it is back; but a node of a cluster
      // goes and comes back in silence.
      this.#isAway = true;
    }
    await Promise.all(this.#lives.filter(({ hasSign }) => !hasSign).map((life) => this.#sign(life)));
  }

  /** A Redis that is out of memory does this too. */
  async #prolong(life: Life): Promise<void> {
    const prolonged = await this.#redis.pexpire(this.#keys.alive(life.instance), this.#expiryMs);
    if (prolonged === 1 || !life.hasSign) return;
    life.hasSign = false;
    this.#onLost();
  }

  async #sign(life: Life): Promise<void> {
    try {
      await this.#redis.set(this.#keys.alive(life.instance), '1', 'PX', this.#expiryMs);
      life.hasSign = true;
    } catch {
      // It has none, and is given one with the next beat.
    }
  }
}
