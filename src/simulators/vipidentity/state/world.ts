import type { Clock } from '../../../clock.js';
import { offsetClock, type OffsetClock } from '../../kit/offset-clock.js';
import type { RandomSource } from '../../kit/random.js';
import { ACCOUNTS } from '../accounts.js';
import { tokenCodes, type TokenCodes } from '../tokens/token-codes.js';
import { Account } from './account.js';
import { Outbox } from './outbox.js';
import { plantSeeds } from './seeds.js';
import { ensureTokenKey, loadState, saveState } from './state-file.js';

/** What the control interface can change about the service. */
export interface Settings {
  /** The end of a push can be read once. */
  consumePushes: boolean;
  /** Codes sent to phones: always the same one, or a new one each time. */
  sentCodes: 'fixed' | 'random';
  /** Milliseconds per step of a scripted push from now on; 0: it moves only from outside. */
  stepMs: number;
}

export interface WorldOptions {
  readonly dir: string;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly stepMs: number;
}

/** Everything the service knows: its time, its accounts, its phones. What it saved in `dir` outlives the process. */
export class World {
  readonly settings: Settings;
  readonly random: RandomSource;
  readonly tokens: TokenCodes;
  readonly outbox = new Outbox();
  readonly #clock: OffsetClock;
  #offsetMs = 0;
  readonly #dir: string;
  readonly #accounts: ReadonlyMap<string, Account>;

  constructor({ dir, clock, random, stepMs }: WorldOptions) {
    this.#dir = dir;
    this.random = random;
    this.settings = { consumePushes: true, sentCodes: 'fixed', stepMs };
    this.tokens = tokenCodes(ensureTokenKey(dir, random));
    this.#accounts = new Map([...ACCOUNTS.values()].map((plan) => [plan.id, new Account(plan, this)]));
    const saved = loadState(dir);
    this.#clock = offsetClock(clock);
    this.#moveOn(saved?.offsetMs ?? 0);
    if (saved === undefined) plantSeeds(this);
    for (const account of saved?.accounts ?? []) this.account(account.id)?.restore(account);
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#clock.now();
  }

  /** Moves the service's time ahead of the real one; it stays ahead over restarts. */
  advance(ms: number): void {
    this.#moveOn(ms);
    this.save();
  }

  account(id: string): Account | undefined {
    return this.#accounts.get(id);
  }

  accounts(): Account[] {
    return [...this.#accounts.values()];
  }

  save(): void {
    saveState(this.#dir, {
      offsetMs: this.#offsetMs,
      accounts: this.accounts().map((account) => account.snapshot()),
    });
  }

  #moveOn(ms: number): void {
    this.#clock.advance(ms);
    this.#offsetMs += ms;
  }
}
