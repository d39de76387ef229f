import { createGraphQLError } from '@graphql-tools/utils';
import type { Executor } from '@graphql-tools/utils';
import { buildSchema, execute, Kind, parse } from 'graphql';
import type { DocumentNode, GraphQLSchema, ObjectTypeDefinitionNode } from 'graphql';
import { z } from 'zod';
import { typeOfId } from '../subgraph/global-id.js';
import type { Answer, GraphRequest } from './answer.js';

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
 */
export function nodesExecutor(
  subgraphs: readonly { readonly name: string; readonly sdl: string }[],
  executors: ReadonlyMap<string, Executor>,
): Executor {
  const owners = new Map<string, Executor>();
  for (const { name, sdl } of subgraphs) {
    const executor = executors.get(name);
    if (executor) for (const type of nodeTypes(parse(sdl, { noLocation: true }))) owners.set(type, executor);
  }
  const schema = executable([...owners.keys()]);
  const node = async ({ id }: { id: string }, context: object): Promise<object | null> => {
    const type = typeOfId(id);
    const owner = type === null ? undefined : owners.get(type);
    if (type === null || !owner) return null;
    const representations = [{ __typename: type, id }];
    const answer: unknown = await owner({ document: FIND, variables: { representations }, context });
    const { data, errors = [] } = foundAnswer.parse(answer);
    for (const { message, extensions } of errors) throw createGraphQLError(message, { extensions });
    return data?._entities[0] ? { __typename: type, id } : null;
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
