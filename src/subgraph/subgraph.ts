import type { Caller } from '../auth/caller.js';
import type { Federated } from './federate.js';

/** What is known about one call from the gateway to a subgraph. */
export interface SubgraphCall {
  readonly caller: Caller;
  readonly requestId: string;
}

/** One provider's part of the graph, built and ready to answer. */
export interface Subgraph extends Federated {
  readonly name: string;
  /** A fresh context (and fresh loaders) for each call, so that no event sees the entities of an earlier one. */
  contextFor(call: SubgraphCall): object;
}
