import { execute, OperationTypeNode } from 'graphql';
import type { ExecutionArgs, GraphQLSchema } from 'graphql';
import { subscribe } from '../../subgraph/subscribe.js';
import type { GraphExecutor, ReadyOperation } from '../executor.js';
import { OperationScope } from './operation-scope.js';

/** Executes operations on a merged schema, each (and each event of a subscription) in a scope of its own. */
export function mergedExecutor(schema: GraphQLSchema): GraphExecutor {
  return (ready) => {
    const args = argsOf(schema, ready);
    return ready.operation.operation === OperationTypeNode.SUBSCRIPTION
      ? subscribe(args, () => new OperationScope(ready.call))
      : execute(args);
  };
}

function argsOf(
  schema: GraphQLSchema,
  { document, operation, variables, call }: ReadyOperation,
): ExecutionArgs {
  return {
    schema,
    document,
    operationName: operation.name?.value ?? null,
    variableValues: variables,
    contextValue: new OperationScope(call),
  };
}
