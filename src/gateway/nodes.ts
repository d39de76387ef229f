import { createGraphQLError } from '@graphql-tools/utils';
import type { Executor } from '@graphql-tools/utils';
import { buildSchema, execute, Kind, parse } from 'graphql';
import type { DocumentNode, FieldDefinitionNode, GraphQLSchema, ObjectTypeDefinitionNode } from 'graphql';
import { z } from 'zod';
import type { Audit } from '../audit.js';
import { typeOfId } from '../subgraph/global-id.js';
import type { AnyOf } from '../subgraph/refusals.js';
import { scopesOfEntities } from '../subgraph/scopes.js';
import type { Answer, GraphRequest } from './answer.js';
import { callOf } from './context.js';
import { findNodeFor } from './node-access.js';

/** Name of the subgraph that the gateway itself adds: it finds any entity by its `id`. */
export const NODES = 'nodes';

const ROOTS = `"Anything that has an \`id\` by which it is found."
interface Node {
  "Names it among all objects of the graph: for caches, and for \`node\`. Opaque."
  id: ID!
}

type Query {
  "Anything by its \`id\`: what the field of its own would answer, with the same scopes. Null when there is none of this id, or it is somebody else's."
  node("The \`id\` of an object of the graph." id: ID!): Node
}
`;
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const FIND = parse(
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }',
);

/** SDL of that subgraph; undefined when no subgraph finds anything by `id`. */
export function nodesSdl(documents: readonly DocumentNode[]): string | undefined {
  const types = [...new Set(documents.flatMap(nodeTypes))].sort();
  return types.length > 0 ? `${LINK}\n\n${sdlOf(types)}` : undefined;
}

/**
 * That subgraph, executable: it asks the one that has the object whether it has it.
 * @param executors of the others, by name
 * @param audit where what is refused leaves a record
 */
export function nodesExecutor(
  subgraphs: readonly { readonly name: string; readonly sdl: string }[],
  executors: ReadonlyMap<string, Executor>,
  audit: Audit | undefined,
): Executor {
  const owners = new Map<string, { readonly executor: Executor; readonly needs: AnyOf | undefined }>();
  for (const { name, sdl } of subgraphs) {
    const executor = executors.get(name);
    if (!executor) continue;
    const document = parse(sdl, { noLocation: true });
    const needs = scopesOfEntities(queriesIn(document));
    for (const type of nodeTypes(document)) owners.set(type, { executor, needs: needs.get(type) });
  }
  const schema = executable([...owners.keys()]);
  const node = async ({ id }: { id: string }, context: object): Promise<object | null> => {
    const type = typeOfId(id) ?? '';
    const owner = owners.get(type);
    const find = async (): Promise<object | null> => {
      if (!owner) return null;
      const representations = [{ __typename: type, id }];
      const answer: unknown = await owner.executor({
        document: FIND,
        variables: { representations },
        context,
      });
      const { data, errors = [] } = foundAnswer.parse(answer);
      for (const { message, extensions } of errors) throw createGraphQLError(message, { extensions });
      return data?._entities[0] ? { __typename: type, id } : null;
    };
    return findNodeFor(callOf(context), id, owner?.needs, find, audit);
  };
  return async ({ document, variables, operationName, context }: GraphRequest): Promise<Answer> =>
    execute({
      schema,
      document,
      rootValue: { node },
      variableValues: variables ?? {},
      operationName: operationName ?? null,
      contextValue: context ?? {},
    });
}

const foundAnswer = z.object({
  data: z.object({ _entities: z.array(z.unknown()) }).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.record(z.string(), z.unknown()).default({}) }))
    .optional(),
});

function queriesIn({ definitions }: DocumentNode): readonly FieldDefinitionNode[] {
  return definitions.flatMap((node) =>
    (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    node.name.value === 'Query'
      ? (node.fields ?? [])
      : [],
  );
}

/** Entities that a subgraph finds by `id` alone; what stands for an interface (`@interfaceObject`) is none itself. */
function nodeTypes({ definitions }: DocumentNode): string[] {
  return definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && isFoundById(node) && !isInterfaceObject(node)
      ? [node.name.value]
      : [],
  );
}

function isFoundById({ directives = [] }: ObjectTypeDefinitionNode): boolean {
  return directives.some(
    ({ name, arguments: given = [] }) =>
      name.value === 'key' &&
      given.some(({ value }) => value.kind === Kind.STRING && value.value.trim() === 'id') &&
      !given.some(({ value }) => value.kind === Kind.BOOLEAN && !value.value),
  );
}

function isInterfaceObject({ directives = [] }: ObjectTypeDefinitionNode): boolean {
  return directives.some(({ name }) => /^(?:federation__)?interfaceObject$/.test(name.value));
}

function sdlOf(types: readonly string[]): string {
  return [
    ROOTS,
    ...types.map((type) => `type ${type} implements Node @key(fields: "id") {\n  id: ID!\n}\n`),
  ].join('\n');
}

function executable(types: readonly string[]): GraphQLSchema {
  return buildSchema(sdlOf(types), { assumeValidSDL: true, noLocation: true });
}
