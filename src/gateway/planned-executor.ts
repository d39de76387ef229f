import { unifiedGraphHandler as planWithRust } from '@graphql-hive/router-runtime';
import { handleFederationSupergraph } from '@graphql-mesh/fusion-runtime';
import type { UnifiedGraphHandlerOpts } from '@graphql-mesh/fusion-runtime';
import { isAsyncIterable, mapSchema, MapperKind } from '@graphql-tools/utils';
import type { ExecutionResult, Executor } from '@graphql-tools/utils';
import {
  buildASTSchema,
  execute,
  getNullableType,
  GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
} from 'graphql';
import type { DocumentNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import { subscribe } from '../subgraph/subscribe.js';
import { complete, hasNull } from './complete.js';
import type { AnswerObject, CompletedOperation } from './complete.js';
import type { Composition } from './compose.js';
import type { GraphExecutor } from './executor.js';
import { PlannedDocuments } from './planned-document.js';
import { placeErrors } from './place-errors.js';

/**
 * Executes a graph of which some subgraphs are services: queries and mutations by the Rust planner, subscriptions and
 * introspection by the JavaScript executor, because the Rust runtime repeats errors and data of earlier events in later
 * ones. It also ignores non-null types (or applies them silently), so it works on a schema without them and `complete`
 * applies them.
 * @param executors of all subgraphs, by name
 */
export async function plannedExecutor(
  { supergraphSdl, apiSchema }: Composition,
  executors: ReadonlyMap<string, Executor>,
): Promise<GraphExecutor> {
  const unifiedGraph = buildASTSchema(parse(supergraphSdl, { noLocation: true }), {
    assumeValid: true,
    assumeValidSDL: true,
  });
  const options: UnifiedGraphHandlerOpts = {
    unifiedGraph,
    getUnifiedGraphSDL: () => supergraphSdl,
    onSubgraphExecute: (name, request) => executorOf(executors, name)(request),
  };
  const { executor: plan } = await planWithRust({ ...options, unifiedGraph: withoutNonNull(unifiedGraph) });
  if (!plan) throw new Error('the planner came without an executor');
  const documents = new PlannedDocuments(apiSchema);
  const stitched = lazily(() => stitchedExecutor(options, apiSchema));
  return async (ready) => {
    const { document, operation, variables, call } = ready;
    if (operation.operation === OperationTypeNode.SUBSCRIPTION || introspects(operation, document))
      return stitched()(ready);
    const planned = documents.of(ready);
    const answer = await plan({
      document: planned.document,
      variables,
      ...(operation.name && { operationName: operation.name.value }),
      operationType: operation.operation,
      context: call,
    });
    if (isAsyncIterable(answer)) return answer;
    return completed({ schema: apiSchema, document, operation, variables }, answer, planned.addsTypenames);
  };
}

/** Subgraphs have upper-case names in a supergraph's enum, and their own elsewhere. */
function executorOf(executors: ReadonlyMap<string, Executor>, name: string): Executor {
  const executor = executors.get(name) ?? executors.get(name.toLowerCase());
  if (!executor) throw new Error(`no executor for subgraph ${name}`);
  return executor;
}

/** @param hasTypenames the answer holds types that were not asked for */
function completed(
  operation: CompletedOperation,
  answer: ExecutionResult,
  hasTypenames: boolean,
): ExecutionResult {
  const upstream = answer.errors ?? [];
  if (!hasTypenames && upstream.length === 0 && isAnswer(answer.data) && !hasNull(answer.data)) return answer;
  const { data, errors } = complete(operation, isAnswer(answer.data) ? answer.data : {});
  const placed = placeErrors(data, upstream, errors);
  return placed.length > 0 ? { ...answer, data, errors: placed } : { ...answer, data };
}

/** Delegates field by field; its own non-null rules are those of graphql-js. Introspection tells what `api` has. */
function stitchedExecutor(options: UnifiedGraphHandlerOpts, api: GraphQLSchema): GraphExecutor {
  const { types, ...stitched } = handleFederationSupergraph(options).unifiedGraph.toConfig();
  const schema = new GraphQLSchema({
    ...stitched,
    directives: api.getDirectives(),
    types: types.filter(({ name }) => api.getType(name)),
  });
  return async ({ document, operation, variables, call }) => {
    const run = operation.operation === OperationTypeNode.SUBSCRIPTION ? subscribe : execute;
    return run({
      schema,
      document,
      contextValue: call,
      variableValues: variables,
      operationName: operation.name?.value ?? null,
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

function isAnswer(data: unknown): data is AnswerObject {
  return typeof data === 'object' && data !== null;
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
