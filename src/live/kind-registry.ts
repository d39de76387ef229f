import DataLoader from 'dataloader';
import type { Clock } from '../clock.js';
import type { Json } from './ports.js';
import type { Reading, WatchKind } from './watch-kind.js';

/** A kind together with the client it reads with. */
export interface BoundKind {
  readonly kind: WatchKind<Json, Json, unknown>;
  /** Reads one key, together with others of the kind that are asked for at nearly the same time. */
  readonly read: (key: Json) => Promise<Reading<Json>>;
}

/** The kinds this process can read, by name. */
export class KindRegistry {
  readonly #clock: Clock;
  readonly #gatherMs: number;
  readonly #kinds = new Map<string, BoundKind>();

  /** @param gatherMs how long a read waits for others to share its upstream call, for kinds that can. */
  constructor(clock: Clock, gatherMs: number) {
    this.#clock = clock;
    this.#gatherMs = gatherMs;
  }

  add(kind: WatchKind<Json, Json, unknown>, client: unknown): void {
    if (!/^[A-Za-z0-9._-]+$/.test(kind.name)) throw new Error(`${kind.name} is no name for a watch kind.`);
    if (this.#kinds.has(kind.name)) throw new Error(`The watch kind ${kind.name} is registered twice.`);
    const batchSize = kind.batchSize ?? 1;
    const loader = new DataLoader<Json, Reading<Json>>((keys) => kind.read(client, keys), {
      // What was read a moment ago is not what is there now.
      cache: false,
      maxBatchSize: batchSize,
      ...(batchSize > 1
        ? {
            batchScheduleFn: (dispatch) =>
              void this.#clock.schedule(kind.gatherMs ?? this.#gatherMs, dispatch),
          }
        : {}),
    });
    this.#kinds.set(kind.name, { kind, read: (key) => loader.load(key) });
  }

  get(name: string): BoundKind | undefined {
    return this.#kinds.get(name);
  }

  /** @throws when the kind was never registered in this process. */
  require(name: string): BoundKind {
    const bound = this.#kinds.get(name);
    if (!bound) throw new Error(`The watch kind ${name} is not registered.`);
    return bound;
  }
}
