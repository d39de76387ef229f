import type { Clock } from '../../../clock.js';
import { offsetClock, type OffsetClock } from '../../kit/offset-clock.js';
import type { RandomSource } from '../../kit/random.js';
import { dialectSchema, type Dialect } from './dialect.js';
import { RecordsFile } from './records-file.js';
import { emptyRecords, type KeyRecord, type Records, type Subscriber, type TokenRecord } from './records.js';

export interface WorldOptions {
  readonly dir: string;
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** Lists that are asked by name all the time; they are kept as maps and written as lists. */
type Indexed = 'subscribers' | 'tokens' | 'keys';

/** One simulated provider: what it knows, its time, its chance. */
export class World {
  records: Omit<Records, Indexed>;
  /** By canonical address, normalised. */
  subscribers = new Map<string, Subscriber>();
  /** By text. */
  tokens = new Map<string, TokenRecord>();
  /** By locator. */
  keys = new Map<string, KeyRecord>();
  /** Whether the world was found in `dir`; otherwise it is empty. */
  readonly restored: boolean;
  readonly clock: OffsetClock;
  readonly random: RandomSource;
  dialect: Dialect = dialectSchema.parse({});
  readonly #file: RecordsFile;

  constructor({ dir, clock, random }: WorldOptions) {
    this.#file = new RecordsFile(dir, clock);
    this.random = random;
    const found = this.#file.read();
    this.restored = found !== undefined;
    const { subscribers, tokens, keys, ...records } =
      found ?? emptyRecords(random.bytes(32).toString('base64'));
    this.records = records;
    this.clock = offsetClock(clock);
    this.clock.advance(records.advancedMs);
    for (const subscriber of subscribers) this.subscribers.set(normal(subscriber.user), subscriber);
    for (const token of tokens) if (token.expiresAt > this.now()) this.tokens.set(token.text, token);
    for (const key of keys) this.keys.set(key.locator, key);
  }

  /** Milliseconds since the epoch, the provider's time. */
  now(): number {
    return this.clock.now();
  }

  /** A number that nothing else of this world has. */
  nextId(): number {
    this.records.lastId += 1;
    return this.records.lastId;
  }

  /** 43 characters that nobody can guess. */
  secretText(): string {
    return this.random.bytes(32).toString('base64url');
  }

  /** The world changed and has to be kept. */
  changed(): void {
    this.#file.save(() => this.#all());
  }

  advance(ms: number): void {
    this.clock.advance(ms);
    this.records.advancedMs += ms;
    this.changed();
  }

  /** Forgets everything but the time and the secret. */
  clear(): void {
    const { advancedMs, secret } = this.records;
    this.records = { ...emptyRecords(secret), advancedMs };
    this.subscribers.clear();
    this.tokens.clear();
    this.keys.clear();
    this.dialect = dialectSchema.parse({});
    this.changed();
  }

  /** Writes everything; to be called once nobody can call any more. */
  close(): void {
    this.#file.flush(this.#all());
  }

  #all(): Records {
    return {
      ...this.records,
      subscribers: [...this.subscribers.values()],
      tokens: [...this.tokens.values()],
      keys: [...this.keys.values()],
    };
  }
}

/** Addresses are compared in this form. */
export function normal(address: string): string {
  return address.trim().toLowerCase();
}
