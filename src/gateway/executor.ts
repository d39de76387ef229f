import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { SubgraphCall } from '../subgraph/subgraph.js';
import type { Answer } from './answer.js';

/** One operation that may run: its document is valid, and every variable fits its type. */
export interface ReadyOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As JSON, with the defaults of the operation; only those that it declares. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** On whose behalf. */
  readonly call: SubgraphCall;
}

/** Executes operations of one graph. A subscription that can begin answers a stream. */
export type GraphExecutor = (operation: ReadyOperation) => Answer | Promise<Answer>;
