import { isAsyncIterable } from '@graphql-tools/utils';
import { createSourceEventStream, execute, OperationTypeNode } from 'graphql';
import type { ExecutionArgs, GraphQLSchema } from 'graphql';
import type { Answer } from '../answer.js';
import type { GraphExecutor, ReadyOperation } from '../executor.js';
import { observe } from '../observe.js';
import { OperationScope } from './operation-scope.js';

/** Executes operations on a merged schema, each (and each event of a subscription) in a scope of its own. */
export function mergedExecutor(schema: GraphQLSchema): GraphExecutor {
  return (ready) => {
    const args = argsOf(schema, ready);
    return ready.operation.operation === OperationTypeNode.SUBSCRIPTION
      ? subscribe(args, ready)
      : execute(args);
  };
}

async function subscribe(args: ExecutionArgs, { call }: ReadyOperation): Promise<Answer> {
  const events = await createSourceEventStream(args);
  if (!isAsyncIterable(events)) return events;
  const complete = (event: unknown) =>
    execute({ ...args, rootValue: event, contextValue: new OperationScope(call) });
  return observe(events, complete, () => undefined);
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
