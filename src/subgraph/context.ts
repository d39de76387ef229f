import type { Commands } from './commands.js';
import type { Given } from './given.js';
import type { SubgraphCall } from './subgraph.js';

/** What every resolver is given: who calls, under which request, and the services of its own subgraph. */
export interface SubgraphContext<Services, Local = unknown> extends SubgraphCall {
  readonly services: Services;
  /** What the subgraph does without any provider: the same for every caller, whatever is configured. */
  readonly local: Local;
  /** For `command()` alone. */
  readonly commands: Commands;
  /** The mutations of this operation that have gone through `command()`. */
  readonly begun: Set<string>;
  /** What the mutation under way was given; for `command()` and `lookup()` alone. */
  readonly given?: Given;
}
