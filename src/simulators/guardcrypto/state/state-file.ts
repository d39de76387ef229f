import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../kit/body.js';
import { stateSchema, type State } from './state.js';

/** The one file of a world, readable by its owner alone: it plays a provider, so there are secrets in it. */
export class StateFile {
  readonly #path: string;
  #written = '';

  /** @param dir created when missing. */
  constructor(dir: string) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.#path = join(dir, 'state.json');
  }

  /** What an earlier run left, if there was one. */
  load(): State | undefined {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
    const parsed = stateSchema.safeParse(parseJson(text));
    if (!parsed.success) throw new Error(`${this.#path} is not the simulator's; remove it to begin anew`);
    this.#written = text;
    return parsed.data;
  }

  /** Writes what changed, whole or not at all. */
  save(state: State): void {
    const text = JSON.stringify(state);
    if (text === this.#written) return;
    writeFileSync(`${this.#path}.new`, text, { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
    this.#written = text;
  }
}
