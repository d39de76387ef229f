import type { SubgraphCall } from '../subgraph/subgraph.js';

/** How long somebody may go on reading a shared execution. */
export interface SharedRight {
  /** Milliseconds since the epoch, for the reader who may longest; undefined when one always may. */
  readonly expiresAt: number | undefined;
}

/**
 * On whose behalf a shared execution runs: all its readers are the same caller with the same scopes, but the token of
 * the first may expire before those of the others.
 */
export function sharedCall({ caller, requestId }: SubgraphCall, right: SharedRight): SubgraphCall {
  const { expiresAt: _first, ...everybody } = caller;
  return {
    requestId,
    // Read for each call of a subgraph.
    get caller() {
      const { expiresAt } = right;
      return expiresAt === undefined ? everybody : { ...everybody, expiresAt };
    },
  };
}
