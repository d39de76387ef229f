import { unifiedGraphHandler as planWithRust } from '@graphql-hive/router-runtime';
import { handleFederationSupergraph } from '@graphql-mesh/fusion-runtime';
import type { UnifiedGraphHandler, UnifiedGraphHandlerOpts } from '@graphql-mesh/fusion-runtime';
import { isAsyncIterable, mapSchema, MapperKind } from '@graphql-tools/utils';
import type { ExecutionResult } from '@graphql-tools/utils';
import {
  execute,
  getNullableType,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  subscribe,
} from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import type { Answer, GraphRequest } from './answer.js';
import { complete, hasNull } from './complete.js';
import type { AnswerObject, CompletedOperation } from './complete.js';
import { placeErrors } from './place-errors.js';

/**
 * Executes the graph: queries and mutations by the Rust planner, subscriptions and introspection by the JavaScript
 * executor, because the Rust runtime repeats errors and data of earlier events in later ones. It also ignores
 * non-null types (or applies them silently), so it works on a schema without them and `complete` applies them.
 * @param apiSchema what clients see; validation and completion follow it.
 */
export function graphHandler(apiSchema: GraphQLSchema): UnifiedGraphHandler {
  return async (options) => {
    const planner = await planWithRust({ ...options, unifiedGraph: withoutNonNull(options.unifiedGraph) });
    const plan = planner.executor;
    if (!plan) throw new Error('the planner came without an executor');
    const stitched = lazily(() => stitchedExecutor(options));
    return {
      ...planner,
      unifiedGraph: apiSchema,
      executor: async (request: GraphRequest): Promise<Answer> => {
        const operation = getOperationAST(request.document, request.operationName);
        if (!operation)
          return refuse('There is no single operation to execute.', 'OPERATION_RESOLUTION_FAILURE');
        const variables = getVariableValues(
          apiSchema,
          operation.variableDefinitions ?? [],
          request.variables ?? {},
          {
            maxErrors: 5,
          },
        );
        if (variables.errors) return { errors: variables.errors.map(asInputError) };
        if (operation.operation === 'subscription' || introspects(operation, request.document)) {
          return stitched()(request, operation);
        }
        const answer = await plan(request);
        if (isAsyncIterable(answer)) return answer;
        const { document } = request;
        return completed({ schema: apiSchema, document, operation, variables: variables.coerced }, answer);
      },
    };
  };
}

function completed(operation: CompletedOperation, answer: ExecutionResult): ExecutionResult {
  const upstream = answer.errors ?? [];
  if (upstream.length === 0 && isAnswer(answer.data) && !hasNull(answer.data)) return answer;
  const { data, errors } = complete(operation, isAnswer(answer.data) ? answer.data : {});
  const placed = placeErrors(data, upstream, errors);
  return placed.length > 0 ? { ...answer, data, errors: placed } : { ...answer, data };
}

/** Delegates field by field; its own non-null rules are those of graphql-js. */
function stitchedExecutor(
  options: UnifiedGraphHandlerOpts,
): (request: GraphRequest, operation: OperationDefinitionNode) => Promise<Answer> {
  const schema = handleFederationSupergraph(options).unifiedGraph;
  return async (request, operation) => {
    const run = operation.operation === 'subscription' ? subscribe : execute;
    return run({
      schema,
      document: request.document,
      contextValue: request.context,
      variableValues: request.variables ?? {},
      operationName: request.operationName ?? null,
    });
  };
}

function introspects(operation: OperationDefinitionNode, document: DocumentNode): boolean {
  const visited = new Set<string>();
  const inSet = (set: SelectionSetNode): boolean =>
    set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return ['__schema', '__type'].includes(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return inSet(selection.selectionSet);
      const name = selection.name.value;
      if (visited.has(name)) return false;
      visited.add(name);
      return document.definitions.some(
        (node) =>
          node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name && inSet(node.selectionSet),
      );
    });
  return inSet(operation.selectionSet);
}

function withoutNonNull(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.COMPOSITE_FIELD]: (field) => ({ ...field, type: getNullableType(field.type) }),
  });
}

function asInputError(error: GraphQLError): GraphQLError {
  const extensions = { code: 'BAD_USER_INPUT', http: { status: 400, spec: true } };
  return new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions });
}

function refuse(message: string, code: string): ExecutionResult {
  return { errors: [new GraphQLError(message, { extensions: { code, http: { status: 400, spec: true } } })] };
}

function isAnswer(data: unknown): data is AnswerObject {
  return typeof data === 'object' && data !== null;
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
