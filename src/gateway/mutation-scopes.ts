import { GraphQLError, isObjectType, Kind, OperationTypeNode, visit } from 'graphql';
import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema } from 'graphql';
import { auditRefusals } from '../subgraph/audit.js';
import type { Audit } from '../audit.js';
import { refusals } from '../subgraph/refusals.js';
import type { AnyOf, RefusedField } from '../subgraph/refusals.js';
import { requirementIn, scopesOf } from '../subgraph/scopes.js';
import type { Field } from '../subgraph/selected-fields.js';
import type { Answer } from './answer.js';
import type { GraphExecutor } from './executor.js';

/** What callers need, by coordinate, such as `Mutation.signIn`. */
export type NeededScopes = Readonly<Record<string, AnyOf>>;

/** @param supergraph where the requirements of all subgraphs are */
export function findNeededScopes(supergraph: DocumentNode): NeededScopes {
  const found: Record<string, AnyOf> = {};
  visit(supergraph, {
    ObjectTypeDefinition(type) {
      for (const field of type.fields ?? []) {
        const directive = requirementIn(field);
        if (directive) found[`${type.name.value}.${field.name.value}`] = scopesOf(directive);
      }
      return false;
    },
  });
  return found;
}

/**
 * Executes no mutation of which a part is refused to its caller. A subgraph alone could not tell: it sees its own fields,
 * and those of one mutation may reach it in several requests.
 */
export function withMutationScopes(
  execute: GraphExecutor,
  schema: GraphQLSchema,
  scopes: NeededScopes,
  audit: Audit | undefined,
): GraphExecutor {
  const needed = neededBy(schema, scopes);
  return (ready) => {
    const { document, operation, variables, call } = ready;
    if (operation.operation !== OperationTypeNode.MUTATION) return execute(ready);
    const mutation = { operation, fragments: fragmentsOf(document), variableValues: { ...variables } };
    const refused = refusals(schema, mutation, (field) => needed.get(field), call.caller);
    if (refused.size === 0) return execute(ready);
    auditRefusals({ ...call, audit }, refused.values(), mutation.variableValues);
    return answerOf(refused, schema);
  };
}

function neededBy(schema: GraphQLSchema, scopes: NeededScopes): ReadonlyMap<Field, AnyOf> {
  const needed = new Map<Field, AnyOf>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values<Field>(type.getFields())) {
      const anyOf = scopes[`${type.name}.${field.name}`];
      if (anyOf) needed.set(field, anyOf);
    }
  }
  return needed;
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  return Object.fromEntries(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
}

function answerOf(refused: ReadonlyMap<string, RefusedField>, schema: GraphQLSchema): Answer {
  const { name } = schema.getMutationType() ?? {};
  return {
    data: Object.fromEntries([...refused].map(([key, { field }]) => [key, field ? null : name])),
    errors: [...refused].flatMap(
      ([
        key,
        {
          field,
          error: { message, extensions },
        },
      ]) => (field ? [new GraphQLError(message, { path: [key], extensions })] : []),
    ),
  };
}
