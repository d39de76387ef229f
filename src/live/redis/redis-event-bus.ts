import type { Redis } from 'ioredis';
import type { Clock } from '../../clock.js';
import { LastingTrouble } from '../../lasting-trouble.js';
import type { Logger } from '../../log.js';
import { answerOf } from '../../redis/answer-of.js';
import type { Keys } from '../../redis/keys.js';
import type { EventBus } from '../ports.js';

interface Channel {
  readonly listeners: Set<() => void>;
  readonly subscribed: Promise<unknown>;
}

/** Wake-ups by Redis Pub/Sub: one connection for the process, one subscription for a watch. */
export class RedisEventBus implements EventBus {
  readonly #redis: Redis;
  readonly #keys: Keys;
  readonly #trouble: LastingTrouble;
  readonly #channels = new Map<string, Channel>();
  readonly #reconnectCallbacks = new Set<() => void>();

  /** @param redis a connection of its own that is ready and does not subscribe again by itself. */
  constructor(redis: Redis, keys: Keys, options: { readonly clock: Clock; readonly logger: Logger }) {
    this.#redis = redis;
    this.#keys = keys;
    this.#trouble = new LastingTrouble({
      ...options,
      failed: 'the wake-ups from Redis could not be resumed; trying again',
      well: 'the wake-ups from Redis are resumed',
    });
    redis.on('message', this.#onMessage);
    redis.on('ready', this.#onReady);
  }

  async listen(id: string, wake: () => void): Promise<() => Promise<void>> {
    const name = this.#keys.watch(id);
    const channel = this.#channels.get(name) ?? this.#open(name);
    // A function of its own, so that the same callback may listen twice and leave once.
    const listener = (): void => wake();
    channel.listeners.add(listener);
    const leave = async (): Promise<void> => {
      channel.listeners.delete(listener);
      if (channel.listeners.size > 0 || this.#channels.get(name) !== channel) return;
      this.#channels.delete(name);
      // Nobody waits for what comes by a channel without listeners; a new listener subscribes behind this.
      await this.#redis.unsubscribe(name).catch(() => undefined);
    };
    try {
      await answerOf(channel.subscribed);
      return leave;
    } catch (error) {
      await leave();
      throw error;
    }
  }

  onReconnect(callback: () => void): () => void {
    this.#reconnectCallbacks.add(callback);
    return () => void this.#reconnectCallbacks.delete(callback);
  }

  /** Tells all who listen that wake-ups may have been missed. */
  doubt(): void {
    for (const callback of this.#reconnectCallbacks) callback();
  }

  /** Leaves the connection open: that belongs to whoever opened it. */
  close(): Promise<void> {
    this.#redis.off('message', this.#onMessage);
    this.#redis.off('ready', this.#onReady);
    this.#channels.clear();
    this.#reconnectCallbacks.clear();
    return Promise.resolve();
  }

  #open(name: string): Channel {
    const channel = { listeners: new Set<() => void>(), subscribed: this.#redis.subscribe(name) };
    this.#channels.set(name, channel);
    return channel;
  }

  readonly #onMessage = (name: string): void => {
    for (const listener of this.#channels.get(name)?.listeners ?? []) listener();
  };

  // Only once every channel is subscribed to again: what is read before that could miss what comes in between.
  readonly #onReady = (): void => {
    const names = [...this.#channels.keys()];
    const subscribed = names.length > 0 ? this.#redis.subscribe(...names) : Promise.resolve();
    subscribed.then(
      () => {
        if (names.length > 0) this.#trouble.well();
        this.doubt();
      },
      (error: unknown) => {
        this.#trouble.failed({ err: error });
        this.#redis.disconnect(true);
      },
    );
  };
}
