import { answerOf } from '../../redis/answer-of.js';
import type { RedisConnections } from '../../redis/connect.js';
import type { Keys } from '../../redis/keys.js';
import type { NextPoll, WatchScheduler } from '../ports.js';
import { ProviderQueue, type ProviderQueueOptions } from './provider-queue.js';

export type RedisWatchSchedulerOptions = ProviderQueueOptions;

// What still runs then is left to other processes.
const DEFAULT_CLOSE_WAIT_MS = 5_000;

/** One BullMQ queue per provider, shared by all processes: each poll runs in one of those that process its provider. */
export class RedisWatchScheduler implements WatchScheduler {
  readonly #connections: Pick<RedisConnections, 'commands' | 'worker'>;
  readonly #keys: Keys;
  readonly #options: RedisWatchSchedulerOptions;
  readonly #queues = new Map<string, Promise<ProviderQueue>>();

  constructor(
    connections: Pick<RedisConnections, 'commands' | 'worker'>,
    keys: Keys,
    options: RedisWatchSchedulerOptions,
  ) {
    this.#connections = connections;
    this.#keys = keys;
    this.#options = options;
  }

  async schedule(provider: string, id: string, dueAt: number): Promise<void> {
    await (await this.#queue(provider)).schedule(id, dueAt);
  }

  async cancel(provider: string, id: string): Promise<void> {
    await (await this.#queue(provider)).cancel(id);
  }

  async process(provider: string, poll: (id: string) => Promise<NextPoll>): Promise<void> {
    (await this.#queue(provider)).process(this.#connections.worker(), poll);
  }

  /** @param waitMs how long polls that run may take to finish; then they are left to other processes. Default 30,000. */
  async close(waitMs = DEFAULT_CLOSE_WAIT_MS): Promise<void> {
    const queues = await Promise.all(this.#queues.values());
    await Promise.all(queues.map((queue) => queue.close(waitMs)));
  }

  #queue(provider: string): Promise<ProviderQueue> {
    const known = this.#queues.get(provider);
    if (known) return known;
    const opening = this.#open(provider);
    this.#queues.set(provider, opening);
    // One that could not be opened because Redis was away is opened anew the next time.
    opening.catch(() => this.#queues.delete(provider));
    return opening;
  }

  async #open(provider: string): Promise<ProviderQueue> {
    const { commands } = this.#connections;
    // Fails at once while Redis is away, where opening the queue would wait for it.
    await answerOf(commands.ping());
    const queue = new ProviderQueue(provider, commands, this.#keys, this.#options);
    await queue.open();
    return queue;
  }
}
