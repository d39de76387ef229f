import type { ExecutionResult } from '@graphql-tools/utils';
import type { DocumentNode, OperationTypeNode } from 'graphql';

/** One operation, for the graph or for a subgraph. */
export interface GraphRequest {
  readonly document: DocumentNode;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly operationType?: OperationTypeNode;
  readonly context?: object;
}

/** What executing an operation gives: one result, or a stream of them for a subscription. */
export type Answer = ExecutionResult | AsyncIterable<ExecutionResult>;
