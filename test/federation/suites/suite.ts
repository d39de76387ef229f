import { subgraphOf as plainSubgraphOf } from '../../support/gateway/world.js';
import type { Subgraph } from '../../../src/subgraph/subgraph.js';

/** An operation, its data, and its variables. Null for data: it fails as a whole. */
export type Case = readonly [
  document: string,
  data: Readonly<Record<string, unknown>> | null,
  variables?: Readonly<Record<string, unknown>>,
];

/** What one feature of federation promises. */
export interface Suite {
  readonly name: string;
  /** Anew for each gateway: some keep a state. */
  subgraphs(): readonly Subgraph[];
  readonly cases: readonly Case[];
}

/** Objects of a type, found by any of their fields. */
export function findIn<Thing extends object>(things: readonly Thing[]) {
  return (keys: readonly Readonly<Record<string, unknown>>[]): (object | null)[] =>
    keys.map((key) => {
      const found = things.find((thing) =>
        Object.entries(thing).every(([name, value]) => !isKey(name, key) || key[name] === value),
      );
      // What was required stands beside the key.
      return found ? { ...key, ...found } : null;
    });
}

function isKey(name: string, key: Readonly<Record<string, unknown>>): boolean {
  return ['id', 'sku', 'pid'].includes(name) && name in key;
}

/** A field that no plan may ask for. */
export function forbidden(): never {
  throw new Error('this field was not to be asked for');
}

/** A subgraph whose SDL may use what our own never need. */
export const subgraphOf: typeof plainSubgraphOf = (...parts) => {
  const { sdl, ...subgraph } = plainSubgraphOf(...parts);
  return { ...subgraph, sdl: sdl.replace('import: [', 'import: ["@provides", "@interfaceObject", ') };
};

/** Objects made of their keys, as a subgraph has them that knows nothing else of them. */
export const bare = (keys: readonly Readonly<Record<string, unknown>>[]) => keys.map((key) => ({ ...key }));
