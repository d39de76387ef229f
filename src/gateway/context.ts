import type { Caller } from '../auth/caller.js';
import type { SubgraphCall } from '../subgraph/subgraph.js';

/** What every operation carries through the gateway, whatever transport it came by. */
export interface OperationContext extends Record<string, unknown> {
  readonly caller: Caller;
  readonly requestId: string;
}

/**
 * The part of an operation's context that a subgraph is told.
 * @throws Error when there is no verified caller: nothing is executed for nobody.
 */
export function callOf(context: unknown): SubgraphCall {
  if (!isOperationContext(context)) throw new Error('an operation reached a subgraph without a caller');
  return { caller: context.caller, requestId: context.requestId };
}

function isOperationContext(context: unknown): context is OperationContext {
  if (typeof context !== 'object' || context === null) return false;
  return 'caller' in context && typeof context.caller === 'object' && 'requestId' in context;
}
