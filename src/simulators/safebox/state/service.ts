import { join } from 'node:path';
import type { Clock } from '../../../clock.js';
import { offsetClock, type OffsetClock } from '../../kit/offset-clock.js';
import type { RandomSource } from '../../kit/random.js';
import { documentsOf } from './box.js';
import { Capabilities } from './capabilities.js';
import { dialectSchema, type Dialect } from './dialect.js';
import { DocumentStore } from './documents.js';
import type { Reservation } from './reservations.js';
import { TemporaryDocuments } from './temporary-documents.js';
import { WorldFile } from './world-file.js';
import { emptyWorld, type World } from './world.js';

export interface ServiceOptions {
  readonly dir: string;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** Milliseconds between two acts of a scripted guest; with 0 they act through the control interface alone. */
  readonly stepMs: number;
}

/** One simulated provider: its world, its time, its files, and what lives no longer than the process. */
export class Service {
  world: World;
  /** Whether the world was found in `dir`; otherwise it is empty. */
  readonly restored: boolean;
  readonly clock: OffsetClock;
  readonly random: RandomSource;
  readonly stepMs: number;
  readonly documents: DocumentStore;
  readonly temporary: TemporaryDocuments;
  readonly capabilities: Capabilities;
  readonly reservations = new Map<string, Reservation>();
  dialect: Dialect = dialectSchema.parse({});
  readonly #file: WorldFile;
  #downloadCut = Infinity;

  constructor({ dir, clock, random, stepMs }: ServiceOptions) {
    this.#file = new WorldFile(dir, clock);
    const found = this.#file.read();
    this.restored = found !== undefined;
    this.world = found ?? emptyWorld();
    this.clock = offsetClock(clock);
    this.clock.advance(this.world.clockOffsetMs);
    this.random = random;
    this.stepMs = stepMs;
    this.documents = new DocumentStore(join(dir, 'documents'));
    this.documents.sweep(new Set([...this.world.boxes.values()].flatMap(documentsOf).map(({ id }) => id)));
    this.temporary = new TemporaryDocuments(this.documents);
    this.capabilities = new Capabilities(random);
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
    this.#file.save(this.world);
  }

  advance(ms: number): void {
    this.clock.advance(ms);
    this.world.clockOffsetMs += ms;
    this.changed();
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
    const { clockOffsetMs, tokens } = this.world;
    this.world = { ...emptyWorld(), clockOffsetMs, tokens };
    this.reservations.clear();
    this.capabilities.clear();
    this.temporary.clear();
    this.documents.sweep(new Set());
    this.dialect = dialectSchema.parse({});
    this.changed();
  }

  /** To be called once nobody can call any more. */
  async close(): Promise<void> {
    await this.documents.idle();
    this.#file.flush();
  }
}
