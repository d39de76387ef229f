import { join } from 'node:path';
import type { JsonFile } from '../../kit/json-file.js';
import type { RandomSource } from '../../kit/random.js';
import type { SimulatorKit } from '../../kit/simulate.js';
import { ASSUMED } from '../assumptions.js';
import { documentsOf } from './box.js';
import { Capabilities } from './capabilities.js';
import { dialectSchema, type Dialect } from './dialect.js';
import type { Enterprise, User } from './directory.js';
import { DocumentStore } from './documents.js';
import { Reservations, type Reservation } from './reservations.js';
import { TemporaryDocuments } from './temporary-documents.js';
import { emptyWorld, worldSchema, type World } from './world.js';

/** One simulated provider: its world, its time, its files, and what lives no longer than the process. */
export class Service {
  readonly clock: SimulatorKit['clock'];
  readonly random: RandomSource;
  /** Milliseconds between two acts of a scripted guest; with 0 they act through the control interface alone. */
  readonly stepMs: number;
  readonly documents: DocumentStore;
  readonly temporary: TemporaryDocuments;
  readonly capabilities: Capabilities;
  readonly reservations = new Reservations();
  dialect: Dialect = dialectSchema.parse({});
  readonly #file: JsonFile<typeof worldSchema>;
  #downloadCut = Infinity;

  constructor({ dir, clock, random, stepMs, keep }: SimulatorKit) {
    this.#file = keep(worldSchema, emptyWorld, 'world.json');
    this.clock = clock;
    this.random = random;
    this.stepMs = stepMs;
    this.documents = new DocumentStore(join(dir, 'documents'));
    this.temporary = new TemporaryDocuments(this.documents);
    this.capabilities = new Capabilities(random);
  }

  get world(): World {
    return this.#file.value;
  }

  /** Whether the world was found; otherwise it is empty. */
  get restored(): boolean {
    return this.#file.restored;
  }

  /** Removes files that an interruption has left. */
  open(): void {
    this.documents.sweep(new Set([...this.world.boxes.values()].flatMap(documentsOf).map(({ id }) => id)));
  }

  /** A number that nothing else of this world has. */
  nextId(): number {
    this.world.lastId += 1;
    return this.world.lastId;
  }

  /** 32 hexadecimal digits. */
  hexId(): string {
    return this.random.bytes(16).toString('hex');
  }

  /** The world changed and has to be kept. */
  changed(): void {
    this.#file.changed();
  }

  /** A new guid for a SafeBox of this user. */
  reserve(enterprise: Enterprise, user: User): Reservation {
    const now = this.clock.now();
    this.temporary.sweep(now);
    this.reservations.sweep(now);
    const reservation = {
      guid: this.hexId(),
      enterprise,
      user,
      key: this.random.bytes(48).toString('base64url'),
      expiresAt: now + ASSUMED.reservationLifetimeMs,
    };
    this.reservations.add(reservation);
    return reservation;
  }

  findReservation(guid: string): Reservation | undefined {
    return this.reservations.find(guid, this.clock.now());
  }

  /** Lets the next download break off after so many bytes. */
  cutNextDownload(afterBytes: number): void {
    this.#downloadCut = afterBytes;
  }

  /** After how many bytes the download that begins now breaks off; endless when it does not. */
  takeDownloadCut(): number {
    const afterBytes = this.#downloadCut;
    this.#downloadCut = Infinity;
    return afterBytes;
  }

  /** Forgets everything but the time and the tokens. */
  clear(): void {
    const { tokens } = this.world;
    this.#file.value = { ...emptyWorld(), tokens };
    this.reservations.sweep(Infinity);
    this.capabilities.clear();
    this.temporary.clear();
    this.documents.sweep(new Set());
    this.dialect = dialectSchema.parse({});
  }
}
