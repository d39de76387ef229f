import { GraphQLID, GraphQLNonNull, isObjectType, Kind } from 'graphql';
import type { ConstDirectiveNode, GraphQLNamedType, GraphQLSchema } from 'graphql';
import { Extensions } from 'type-graphql';
import { globalId } from './global-id.js';

/** How the objects of one type are told from each other. */
class Identity<Source> {
  constructor(readonly namesOf: (source: Source) => readonly string[]) {}
}

/**
 * Gives an object type the field `id`, which no other object of the graph has. The provider's own id stands beside it,
 * under a name of its own.
 * @param namesOf what tells an object from others of its type, the widest first, its own id at the provider last
 */
export function Identified<Source>(namesOf: (source: Source) => readonly string[]): ClassDecorator {
  return Extensions({ identity: new Identity(namesOf) });
}

/** Whether a text is the `id` of an object. Of a type that is not `Identified`, any is. */
export function hasId(type: GraphQLNamedType | undefined, source: unknown, id: unknown): boolean {
  const identity = type?.extensions['identity'];
  if (typeof id !== 'string' || !type || !(identity instanceof Identity)) return true;
  return globalId(type.name, ...identity.namesOf(source)) === id;
}

/** Adds `id` to every type that is `Identified`. */
export function addIds(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const { identity } = type.extensions;
    if (!(identity instanceof Identity)) continue;
    const isNode = type.astNode?.directives?.some(isKeyId) === true;
    type.getFields()['id'] = {
      name: 'id',
      description: `Names it among all objects of the graph: for caches${isNode ? ', and for `node`' : ''}. Opaque.`,
      type: new GraphQLNonNull(GraphQLID),
      args: [],
      resolve: (source: unknown) => globalId(type.name, ...identity.namesOf(source)),
      deprecationReason: undefined,
      extensions: {},
      astNode: {
        kind: Kind.FIELD_DEFINITION,
        name: { kind: Kind.NAME, value: 'id' },
        type: {
          kind: Kind.NON_NULL_TYPE,
          type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'ID' } },
        },
      },
    };
  }
}

/** What the gateway finds by `id` alone is a `Node`. */
function isKeyId({ name, arguments: given = [] }: ConstDirectiveNode): boolean {
  return (
    name.value === 'key' && given.some(({ value }) => value.kind === Kind.STRING && value.value === 'id')
  );
}
