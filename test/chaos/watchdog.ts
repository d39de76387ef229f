import { Redis } from 'ioredis';
import type { History } from './history.js';
import { LATE_MS } from './settings.js';

const EVERY_MS = 100;

/** Notes when the machine kept this process, or Redis, from running: like a freeze, that lets locks run out. */
export class Watchdog {
  readonly #redis: Redis;
  readonly #timer: NodeJS.Timeout;
  readonly #history: History;
  #lastTick = Date.now();
  #isAsking = false;

  constructor(redisUrl: string, history: History) {
    this.#history = history;
    this.#redis = new Redis(redisUrl, { maxRetriesPerRequest: 0 });
    // That it is gone for a while is the plan.
    this.#redis.on('error', () => undefined);
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#redis.disconnect();
  }

  #look(): void {
    this.#noteIfLate('the harness was late', this.#lastTick + EVERY_MS);
    this.#lastTick = Date.now();
    if (!this.#isAsking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    const askedAt = Date.now();
    // A write, because those wait for the disk.
    await this.#redis.set('watchdog', askedAt).catch(() => undefined);
    this.#noteIfLate('redis was late', askedAt);
    this.#isAsking = false;
  }

  #noteIfLate(what: string, since: number): void {
    const lateMs = Date.now() - since;
    if (lateMs > LATE_MS) this.#history.disturb(what, { lateMs }, since)();
  }
}
