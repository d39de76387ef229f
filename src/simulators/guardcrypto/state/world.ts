import type { JsonFile } from '../../kit/json-file.js';
import type { RandomSource } from '../../kit/random.js';
import type { SimulatorKit } from '../../kit/simulate.js';
import { Outbox } from './outbox.js';
import { Sessions } from './sessions.js';
import type { Account, Ring, State, stateSchema } from './state.js';
import { Tokens } from './tokens.js';

/** Everything there is in one simulated Guard: what is stored, what lives in memory, and its time. */
export class World {
  readonly clock: SimulatorKit['clock'];
  readonly random: RandomSource;
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly outbox = new Outbox();
  /** Rings being made for recipients just now, by address. */
  readonly newRings = new Map<string, Promise<Ring>>();
  /** Algorithm of rings made from now on. */
  newKeyAlgorithm: 'rsa' | 'ecc' = 'rsa';

  constructor(
    private readonly file: JsonFile<typeof stateSchema>,
    { clock, random }: Pick<SimulatorKit, 'clock' | 'random'>,
  ) {
    this.clock = clock;
    this.random = random;
    const now = (): number => clock.now();
    this.tokens = new Tokens(random, now);
    this.sessions = new Sessions(random, now, (session) => this.tokens.endSession(session.id));
  }

  get state(): State {
    return this.file.value;
  }

  /** As a Date: what OpenPGP and X.509 count by. */
  now(): Date {
    return new Date(this.clock.now());
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
    this.file.changed();
  }
}
