import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../clock.js';
import { parseJson } from './body.js';
import { writePrivateFile } from './private-file.js';
import { notOfSimulator } from './simulator-file-error.js';

/** A file up to this long, in characters, is written before a change is answered. */
const WRITTEN_AT_ONCE = 256 * 1024;
/** Changes of a longer one within this time are written together; a crash loses no more than that. */
const WRITTEN_WITHIN_MS = 200;

const headSchema = z.object({ advancedMs: z.number().default(0) });

/** A list in the file that is a map by `key` in memory. Maps of a state are written as the list of their values. */
export function indexed<Item extends z.ZodType>(item: Item, key: (value: z.output<Item>) => string) {
  return z.array(item).transform((values) => new Map(values.map((value) => [key(value), value])));
}

/**
 * What a simulator remembers: one JSON file, written as a whole or not at all, readable by its owner alone. What is no
 * longer in the value is no longer in the file. It is read when its value is first asked for.
 */
export class JsonFile<Schema extends z.ZodType<object>> {
  #loaded: { value: z.output<Schema> | undefined; advancedMs: number } | undefined;
  #restored = false;
  #written = '';
  #isWaiting = false;
  #isClosed = false;
  #cancel: (() => void) | undefined;

  /** @param initial the value of a world that is not in the file; without it, somebody has to set one. */
  constructor(
    private readonly path: string,
    private readonly schema: Schema,
    private readonly clock: Clock,
    private readonly initial?: () => z.output<Schema>,
  ) {}

  /** Reads it, unless that was done. @throws Error when the file is there but not the simulator's. */
  load(): void {
    this.#load();
  }

  /** Whether an earlier run left something. @throws Error as `load` */
  get restored(): boolean {
    this.#load();
    return this.#restored;
  }

  /** To be changed in place, or replaced. @throws Error as `load`, and while there is no value. */
  get value(): z.output<Schema> {
    const loaded = this.#load();
    loaded.value ??= this.initial?.();
    if (loaded.value === undefined) throw new Error('the world of the simulator is not there yet');
    return loaded.value;
  }

  set value(value: z.output<Schema>) {
    this.#load().value = value;
    this.changed();
  }

  /** How far the simulated time is ahead of the real one. */
  get advancedMs(): number {
    return this.#load().advancedMs;
  }

  set advancedMs(ms: number) {
    this.#load().advancedMs = ms;
    this.changed();
  }

  /** The value changed: it is written before whoever changed it can answer, or soon when it is long. */
  changed(): void {
    if (this.#written.length > WRITTEN_AT_ONCE) {
      this.#cancel ??= this.clock.schedule(WRITTEN_WITHIN_MS, () => this.#writeLater());
    } else if (!this.#isWaiting) {
      this.#isWaiting = true;
      // A request changes many things one after the other: they are written once.
      queueMicrotask(() => this.#writeLater());
    }
  }

  /** Writes now what waits to be written. */
  flush(): void {
    const isWaiting = this.#isWaiting || this.#cancel !== undefined;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isWaiting = false;
    const loaded = this.#load();
    loaded.value ??= this.initial?.();
    if (!isWaiting || this.#isClosed || loaded.value === undefined) return;
    const text = JSON.stringify({ advancedMs: loaded.advancedMs, ...loaded.value }, mapsAsLists);
    // Whoever removed the folder wants nothing kept.
    if (text === this.#written || !existsSync(dirname(this.path))) return;
    writePrivateFile(this.path, text);
    this.#written = text;
  }

  /** Writes what waits, and nothing any more: who starts next in the same folder is not disturbed. */
  close(): void {
    this.flush();
    this.#isClosed = true;
  }

  #writeLater(): void {
    try {
      this.flush();
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }

  #load() {
    return (this.#loaded ??= this.#read());
  }

  #read() {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    if (!existsSync(this.path)) return { value: undefined, advancedMs: 0 };
    this.#written = readFileSync(this.path, 'utf8');
    const json = parseJson(this.#written);
    const [head, body] = [headSchema.safeParse(json), this.schema.safeParse(json)];
    if (!head.success || !body.success) throw notOfSimulator(this.path);
    this.#restored = true;
    return { value: body.data, advancedMs: head.data.advancedMs };
  }
}

function mapsAsLists(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value.values()] : value;
}
