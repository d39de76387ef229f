import type { FieldNode } from 'graphql';
import type { Subgraph } from '../../subgraph/subgraph.js';

/** The field of `Query` an object came from: the same field of another subgraph has the same object. */
export interface Origin {
  readonly field: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The same object in another subgraph. */
export interface Counterpart {
  /** What is asked for of it there, while that is still collected. */
  readonly fields: Set<FieldNode> | undefined;
  /** What that subgraph has, null for nothing, or a promise of either. */
  readonly source: unknown;
}

/** An object whose type several subgraphs have, with the one that it came from. */
export class Owned {
  // Many objects have none.
  #counterparts: Map<Subgraph, Counterpart> | undefined;

  constructor(
    readonly source: unknown,
    readonly subgraph: Subgraph,
    readonly origin: Origin | undefined,
  ) {}

  counterpartIn(subgraph: Subgraph): Counterpart | undefined {
    return this.#counterparts?.get(subgraph);
  }

  /** @returns what was found */
  keep(subgraph: Subgraph, counterpart: Counterpart): unknown {
    (this.#counterparts ??= new Map()).set(subgraph, counterpart);
    return counterpart.source;
  }
}

/** What a resolver of a subgraph returned, of what the merged schema passes on. */
export function sourceOf(value: unknown): unknown {
  return value instanceof Owned ? value.source : value;
}

/** Marks every object in what a resolver returned. Nulls and errors stay what they are. */
export function owned(value: unknown, subgraph: Subgraph, origin?: Origin): unknown {
  if (value === null || value === undefined || value instanceof Error) return value;
  if (isPromise(value)) return value.then((settled) => owned(settled, subgraph, origin));
  if (isList(value)) return Array.from(value, (item) => owned(item, subgraph, origin));
  return new Owned(value, subgraph, origin);
}

/** Whether a value is to be waited for. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
