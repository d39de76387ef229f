import type { CallOptions } from '../../src/providers/vipidentity/model.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';

/** What the client is told of a call besides its input. */
export function optionsOf(
  { requestId }: Pick<SubgraphCall, 'requestId'>,
  onBehalfOfAccountId: string | null | undefined,
): CallOptions {
  return { requestId, onBehalfOfAccountId };
}
