import type { SubgraphCall } from './subgraph.js';

/** What every resolver is given: who calls, under which request, and the services of its own subgraph. */
export interface SubgraphContext<Services> extends SubgraphCall {
  readonly services: Services;
}
