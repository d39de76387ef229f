import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../clock.js';
import { parseJson } from '../../kit/body.js';
import { recordsSchema, type Records } from './records.js';

/** Changes within this time are written together; a crash loses no more than that. */
const WRITTEN_WITHIN_MS = 200;

/** The memory of the simulator: one JSON file, replaced as a whole. It holds keys and tokens, so its owner alone reads it. */
export class RecordsFile {
  readonly #path: string;
  #cancel: (() => void) | undefined;

  /** @param dir created when missing. */
  constructor(
    private readonly dir: string,
    private readonly clock: Clock,
  ) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.#path = join(dir, 'records.json');
  }

  /** What an earlier run left. @throws Error when the file is there but not the simulator's. */
  read(): Records | undefined {
    if (!existsSync(this.#path)) return undefined;
    const records = recordsSchema.safeParse(parseJson(readFileSync(this.#path, 'utf8')));
    if (!records.success) throw new Error(`${this.#path} is not the simulator's; remove it to begin anew`);
    return records.data;
  }

  /** Writes the records soon, as they are then. @param current asked at that time. */
  save(current: () => Records): void {
    this.#cancel ??= this.clock.schedule(WRITTEN_WITHIN_MS, () => this.flush(current()));
  }

  flush(records: Records): void {
    this.#cancel?.();
    this.#cancel = undefined;
    // Whoever removed the directory wants nothing kept.
    if (!existsSync(this.dir)) return;
    writeFileSync(`${this.#path}.new`, JSON.stringify(records), { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }
}
