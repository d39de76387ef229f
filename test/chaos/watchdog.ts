import { Redis } from 'ioredis';
import type { RedisServer } from '../support/redis-server.js';
import type { History } from './history.js';
import { LATE_MS } from './settings.js';

const EVERY_MS = 100;

/** Notes when the machine kept this process, or Redis, from running: like a freeze, that lets locks run out. */
export class Watchdog {
  readonly #redis: readonly Redis[];
  readonly #timer: NodeJS.Timeout;
  readonly #history: History;
  #lastTick = Date.now();
  #isAsking = false;

  constructor(servers: readonly RedisServer[], history: History) {
    this.#history = history;
    this.#redis = servers.map(({ url }) => new Redis(url, { maxRetriesPerRequest: 0 }));
    // That one is gone for a while is the plan.
    for (const redis of this.#redis) redis.on('error', () => undefined);
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const redis of this.#redis) redis.disconnect();
  }

  #look(): void {
    this.#noteIfLate('the harness was late', this.#lastTick + EVERY_MS);
    this.#lastTick = Date.now();
    if (!this.#isAsking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    const askedAt = Date.now();
    // A write, because those wait for the disk; one that is another's to take, or nobody's, is refused at once.
    await Promise.all(this.#redis.map((redis) => redis.set('watchdog', askedAt).catch(() => undefined)));
    this.#noteIfLate('redis was late', askedAt);
    this.#isAsking = false;
  }

  #noteIfLate(what: string, since: number): void {
    const lateMs = Date.now() - since;
    if (lateMs > LATE_MS) this.#history.disturb(what, { lateMs }, since)();
  }
}
