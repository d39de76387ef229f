import type { Clock } from '../../../clock.js';
import { offsetClock, type OffsetClock } from '../../kit/offset-clock.js';
import type { RandomSource } from '../../kit/random.js';
import { Outbox } from './outbox.js';
import { Sessions } from './sessions.js';
import type { Account, Ring, State } from './state.js';
import type { StateFile } from './state-file.js';
import { Tokens } from './tokens.js';

/** Everything there is in one simulated Guard: what is stored, what lives in memory, and its time. */
export class World {
  readonly clock: OffsetClock;
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly outbox = new Outbox();
  /** Rings being made for recipients just now, by address. */
  readonly newRings = new Map<string, Promise<Ring>>();
  /** Algorithm of rings made from now on. */
  newKeyAlgorithm: 'rsa' | 'ecc' = 'rsa';

  constructor(
    readonly state: State,
    private readonly file: StateFile,
    clock: Clock,
    readonly random: RandomSource,
  ) {
    this.clock = offsetClock(clock);
    this.clock.advance(state.advancedMs);
    const now = (): number => this.clock.now();
    this.tokens = new Tokens(random, now);
    this.sessions = new Sessions(random, now, (session) => this.tokens.endSession(session.id));
  }

  /** As a Date: what OpenPGP and X.509 count by. */
  now(): Date {
    return new Date(this.clock.now());
  }

  advance(ms: number): void {
    this.clock.advance(ms);
    this.state.advancedMs += ms;
  }

  account(id: number): Account | undefined {
    return this.state.accounts.find((account) => account.id === id);
  }

  /** By primary address, without regard to case. */
  accountOf(email: string): Account | undefined {
    const wanted = email.toLowerCase();
    return this.state.accounts.find((account) => account.email.toLowerCase() === wanted);
  }

  /** Makes what happened outlive the process. */
  save(): void {
    this.file.save(this.state);
  }
}
