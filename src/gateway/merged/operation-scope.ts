import type { Subgraph, SubgraphCall } from '../../subgraph/subgraph.js';
import { EntityLoader } from './entity-loader.js';

/** What belongs to one query, one mutation, or one event of a subscription: nothing in it outlives that. */
export class OperationScope {
  readonly call: SubgraphCall;
  readonly #contexts = new Map<Subgraph, object>();
  readonly #loaders = new Map<string, EntityLoader>();
  readonly #roots = new Map<string, unknown>();

  constructor(call: SubgraphCall) {
    this.call = call;
  }

  /** The context that this subgraph's resolvers are given. */
  contextOf(subgraph: Subgraph): object {
    let context = this.#contexts.get(subgraph);
    if (!context) {
      context = subgraph.contextFor(this.call);
      this.#contexts.set(subgraph, context);
    }
    return context;
  }

  /** Finds the entities of one type in one subgraph. */
  loaderOf(subgraph: Subgraph, typename: string): EntityLoader {
    const key = `${subgraph.name} ${typename}`;
    const loader = this.#loaders.get(key) ?? new EntityLoader(subgraph, typename, this);
    this.#loaders.set(key, loader);
    return loader;
  }

  /** What a field of `Query` has, asked once. */
  root(key: string, ask: () => unknown): unknown {
    if (!this.#roots.has(key)) this.#roots.set(key, ask());
    return this.#roots.get(key);
  }

  /** Forgets what was read: a mutation is about to change it. */
  forget(): void {
    this.#loaders.clear();
    this.#roots.clear();
  }
}
