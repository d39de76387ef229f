import type { JsonFile } from '../../kit/json-file.js';
import type { RandomSource } from '../../kit/random.js';
import type { SimulatorKit } from '../../kit/simulate.js';
import { dialectSchema, type Dialect } from './dialect.js';
import { emptyRecords, recordsSchema, type Records } from './records.js';

/** One simulated provider: what it knows, its time, its chance. */
export class World {
  readonly random: RandomSource;
  dialect: Dialect = dialectSchema.parse({});
  readonly #clock: SimulatorKit['clock'];
  readonly #file: JsonFile<typeof recordsSchema>;

  constructor({ keep, clock, random }: Pick<SimulatorKit, 'keep' | 'clock' | 'random'>) {
    this.random = random;
    this.#clock = clock;
    const empty = () => emptyRecords(random.bytes(32).toString('base64'));
    this.#file = keep(recordsSchema, empty, 'records.json');
  }

  /** Whether the world was found; otherwise it is empty. */
  get restored(): boolean {
    return this.#file.restored;
  }

  get records(): Records {
    return this.#file.value;
  }

  get subscribers(): Records['subscribers'] {
    return this.records.subscribers;
  }

  get tokens(): Records['tokens'] {
    return this.records.tokens;
  }

  get keys(): Records['keys'] {
    return this.records.keys;
  }

  /** Milliseconds since the epoch, the provider's time. */
  now(): number {
    return this.#clock.now();
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
    this.#file.changed();
  }

  /** Forgets the tokens whose time is over. */
  compact(): void {
    for (const { text, expiresAt } of this.tokens.values())
      if (expiresAt <= this.now()) this.tokens.delete(text);
    this.changed();
  }

  /** Forgets everything but the time and the secret. */
  clear(): void {
    this.#file.value = emptyRecords(this.records.secret);
    this.dialect = dialectSchema.parse({});
  }
}
