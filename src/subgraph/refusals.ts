import { getNamedType, GraphQLError } from 'graphql';
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { Caller } from '../auth/caller.js';
import { hasScopes } from '../auth/scopes.js';
import { nodesIn, selectedFields } from './selected-fields.js';
import type { Field } from './selected-fields.js';

/** Lists of scopes; all scopes of one of the lists are needed. */
export type AnyOf = readonly (readonly string[])[];

/** A mutation as it is about to be executed. */
export interface Mutation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly variableValues: Record<string, unknown>;
}

/** One root field of a mutation of which nothing may be done. */
export interface RefusedField {
  readonly nodes: readonly FieldNode[];
  /** Undefined for `__typename`. */
  readonly field: GraphQLField<unknown, unknown> | undefined;
  readonly error: GraphQLError;
}

/**
 * Why nothing of a mutation may be done, by the names that its answer gives to root fields: somebody lacks a scope for
 * one of them, or for what an answer would show. Empty when all may be done. What the first has made would otherwise
 * stand beside a refusal, and be lost with it where the provider tells it only once.
 * @param needs what the caller needs for one field
 */
export function refusals(
  schema: GraphQLSchema,
  { operation, fragments, variableValues }: Mutation,
  needs: (field: Field) => AnyOf | undefined,
  caller: Caller,
): ReadonlyMap<string, RefusedField> {
  const root = schema.getMutationType();
  if (!root) return new Map();
  const named = new Map<string, FieldNode[]>();
  for (const { node } of nodesIn(operation.selectionSet, { fragments, variableValues })) {
    const key = (node.alias ?? node.name).value;
    named.set(key, [...(named.get(key) ?? []), node]);
  }
  const roots = [...named].map(([key, nodes]) => {
    const field = root.getFields()[nodes[0]?.name.value ?? ''];
    return { key, nodes, field };
  });
  const lacking = new Map<string, string>();
  for (const { key, nodes, field } of roots) {
    if (!field) continue;
    const shown = selectedFields(schema, getNamedType(field.type), {
      fieldNodes: nodes,
      fragments,
      variableValues,
    });
    for (const anyOf of [field, ...shown].map(needs))
      if (anyOf && !hasScopes(caller, anyOf) && !lacking.has(key)) lacking.set(key, inWords(anyOf));
  }
  const [first] = lacking;
  if (!first) return new Map();
  const nothingDone = `Nothing was done: ${first[0]} needs the scope ${first[1]}.`;
  return new Map(
    roots.map(({ key, nodes, field }) => {
      const own = lacking.get(key);
      const sentence = own === undefined ? nothingDone : scopeNeeded(own);
      return [key, { nodes, field, error: forbidden(sentence) }];
    }),
  );
}

/** What a caller is told who lacks a scope. */
export function lacks(anyOf: AnyOf): GraphQLError {
  return forbidden(scopeNeeded(inWords(anyOf)));
}

function scopeNeeded(scope: string): string {
  return `This needs the scope ${scope}.`;
}

function inWords(anyOf: AnyOf): string {
  return anyOf.map((all) => all.join(' and ')).join(', or ');
}

function forbidden(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });
}
