import { join } from 'node:path';
import type { JsonFile } from '../../kit/json-file.js';
import { ensurePrivateFile } from '../../kit/private-file.js';
import type { RandomSource } from '../../kit/random.js';
import type { SimulatorKit } from '../../kit/simulate.js';
import { ACCOUNTS, MAIN_ACCOUNT, type AccountPlan } from '../accounts.js';
import { tokenCodes, type TokenCodes } from '../tokens/token-codes.js';
import { Account } from './account.js';
import { Outbox } from './outbox.js';
import { stateSchema } from './records.js';
import { plantSeeds } from './seeds.js';
import type { Settings, Surroundings } from './surroundings.js';

/** Everything the service knows: its time, its accounts, its phones. What it saved outlives the process. */
export class World implements Surroundings {
  readonly settings: Settings;
  readonly random: RandomSource;
  readonly outbox = new Outbox();
  readonly #clock: SimulatorKit['clock'];
  readonly #dir: string;
  readonly #file: JsonFile<typeof stateSchema>;
  readonly #accounts = new Map<string, Account>();
  #tokens: TokenCodes | undefined;

  constructor({ dir, clock, random, stepMs, keep }: SimulatorKit) {
    this.#dir = dir;
    this.#clock = clock;
    this.random = random;
    this.settings = { consumePushes: true, sentCodes: 'fixed', stepMs };
    this.#file = keep(stateSchema, () => ({ accounts: new Map() }));
  }

  /** Finds what an earlier run left, or begins with the seeds. */
  open(): void {
    for (const plan of ACCOUNTS.values()) this.#accounts.set(plan.id, this.#opened(plan));
    const main = this.account(MAIN_ACCOUNT);
    if (main !== undefined && !this.#file.restored) plantSeeds(main);
    this.save();
  }

  get tokens(): TokenCodes {
    // From one key follow the secrets of all tokens; it is made at first start.
    return (this.#tokens ??= tokenCodes(
      ensurePrivateFile(join(this.#dir, 'token.key'), () => this.random.bytes(32)),
    ));
  }

  now(): number {
    return this.#clock.now();
  }

  account(id: string): Account | undefined {
    return this.#accounts.get(id);
  }

  accounts(): Account[] {
    return [...this.#accounts.values()];
  }

  save(): void {
    this.#file.changed();
  }

  #opened(plan: AccountPlan): Account {
    const { accounts } = this.#file.value;
    const { id } = plan;
    const record = accounts.get(id) ?? { id, users: new Map(), credentials: new Map(), pushes: new Map() };
    accounts.set(id, record);
    return new Account(plan, record, this);
  }
}
