import type { Executor } from '@graphql-tools/utils';
import { execute } from 'graphql';
import type { Subgraph } from '../subgraph/subgraph.js';
import { subscribe } from '../subgraph/subscribe.js';
import type { Answer, GraphRequest } from './answer.js';
import { callOf } from './context.js';

/** Executes a subgraph in this process. Each call, and so each event's completion, has a fresh context. */
export function localExecutor(subgraph: Subgraph): Executor {
  return async (request: GraphRequest): Promise<Answer> => {
    const run = request.operationType === 'subscription' ? subscribe : execute;
    return run({
      schema: subgraph.schema,
      document: request.document,
      variableValues: request.variables ?? {},
      operationName: request.operationName ?? null,
      contextValue: subgraph.contextFor(callOf(request.context)),
    });
  };
}
