import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../clock.js';
import { parseJson } from '../../kit/body.js';
import { worldSchema, type World } from './world.js';

/** Changes within this time are written together; a crash loses no more than that. */
const WRITTEN_WITHIN_MS = 200;

/** The memory of the simulator: one JSON file, replaced as a whole and readable by its owner alone. */
export class WorldFile {
  readonly #dir: string;
  readonly #path: string;
  #cancel: (() => void) | undefined;
  #pending: World | undefined;

  constructor(
    dir: string,
    private readonly clock: Clock,
  ) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.#dir = dir;
    this.#path = join(dir, 'world.json');
  }

  /** @throws Error when the file is there but not the simulator's. */
  read(): World | undefined {
    const content = this.#content();
    if (content === undefined) return undefined;
    const world = worldSchema.safeParse(parseJson(content));
    if (!world.success) throw new Error(`${this.#path} is not the simulator's; remove it to begin anew`);
    return world.data;
  }

  /** Writes the world soon, as it is then. */
  save(world: World): void {
    this.#pending = world;
    this.#cancel ??= this.clock.schedule(WRITTEN_WITHIN_MS, () => this.flush());
  }

  /** Writes now what waits to be written. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const world = this.#pending;
    if (world === undefined) return;
    this.#pending = undefined;
    // Whoever removed the directory wants nothing kept.
    if (!existsSync(this.#dir)) return;
    const temporary = `${this.#path}.new`;
    writeFileSync(temporary, JSON.stringify({ ...world, boxes: [...world.boxes.values()] }), { mode: 0o600 });
    renameSync(temporary, this.#path);
  }

  #content(): string | undefined {
    try {
      return readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
