import DataLoader from 'dataloader';
import type { Clock } from '../clock.js';
import type { Json, WatchSpec } from './ports.js';
import type { Reading, WatchKind } from './watch-kind.js';

/** A kind together with the client it reads with. */
export interface BoundKind {
  readonly kind: WatchKind<Json, Json, unknown>;
  /** The tenant whose account that is; undefined: everybody's who has none of their own. */
  readonly account: string | undefined;
  /** Reads one key, together with others of the kind that are asked for at nearly the same time. */
  readonly read: (key: Json) => Promise<Reading<Json>>;
}

/** The kinds this process can read, by name. */
export class KindRegistry {
  readonly #clock: Clock;
  readonly #gatherMs: number;
  readonly #kinds = new Map<string, Map<string | undefined, BoundKind>>();

  /** @param gatherMs how long a read waits for others to share its upstream call, for kinds that can. */
  constructor(clock: Clock, gatherMs: number) {
    this.#clock = clock;
    this.#gatherMs = gatherMs;
  }

  /** @param tenant whose watches it reads; undefined: everybody's who has none of their own */
  add(kind: WatchKind<Json, Json, unknown>, client: unknown, tenant?: string): void {
    if (!/^[A-Za-z0-9._-]+$/.test(kind.name)) throw new Error(`${kind.name} is no name for a watch kind.`);
    const bound = this.#kinds.get(kind.name) ?? new Map<string | undefined, BoundKind>();
    if (bound.has(tenant)) throw new Error(`The watch kind ${kind.name} is registered twice.`);
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
    this.#kinds.set(kind.name, bound.set(tenant, { kind, account: tenant, read: (key) => loader.load(key) }));
  }

  /** The providers that can be read here. */
  get providers(): ReadonlySet<string> {
    const bound = [...this.#kinds.values()].flatMap((kinds) => [...kinds.values()]);
    return new Set(bound.map(({ kind }) => kind.provider));
  }

  /** The kind of a watch, with the client of whose it is. */
  get({ kind, owner }: Pick<WatchSpec, 'kind' | 'owner'>): BoundKind | undefined {
    const bound = this.#kinds.get(kind);
    return bound?.get(owner.tenant) ?? bound?.get(undefined);
  }

  /** @throws when the kind was never registered in this process. */
  require(watch: Pick<WatchSpec, 'kind' | 'owner'>): BoundKind {
    const bound = this.get(watch);
    if (!bound) throw new Error(`The watch kind ${watch.kind} is not registered.`);
    return bound;
  }
}
