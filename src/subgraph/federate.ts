import { extendSchema, GraphQLError, parse } from 'graphql';
import type { GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema, GraphQLUnionType } from 'graphql';
import { printSchemaWithDirectives } from '@graphql-tools/utils';

/**
 * Finds entities by their key fields: one answer per representation, in order; null for an unknown one. `info` is that
 * of `_entities`, for those that read only what is asked for.
 */
export type ReferenceResolver<Context> = (
  representations: readonly Record<string, unknown>[],
  context: Context,
  info: GraphQLResolveInfo,
) => Promise<readonly unknown[]> | readonly unknown[];

const FEDERATION_DIRECTIVES = [
  '@key',
  '@shareable',
  '@requiresScopes',
  '@external',
  '@requires',
  '@inaccessible',
  '@tag',
  '@cost',
  '@listSize',
];

/**
 * Turns a plain schema whose types carry `@key` directives into a federation v2 subgraph
 * (the subgraph specification's `_service` and `_entities`). The only place that knows federation SDL.
 */
export function federate<Context>(
  base: GraphQLSchema,
  references: Readonly<Record<string, ReferenceResolver<Context>>>,
): { schema: GraphQLSchema; sdl: string } {
  const sdl =
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${FEDERATION_DIRECTIVES.map((name) => `"${name}"`).join(', ')}])\n\n` +
    printSchemaWithDirectives(base);
  const entities = Object.keys(references);
  const schema = extendSchema(
    base,
    parse(`
      type _Service { sdl: String! }
      scalar _Any
      union _Entity = ${entities.join(' | ')}
      extend type Query { _service: _Service!, _entities(representations: [_Any!]!): [_Entity]! }
    `),
    { assumeValid: true, assumeValidSDL: true },
  );
  entityUnion(schema).resolveType = (value: unknown) => (isEntity(value) ? value.__typename : undefined);
  const query = schema.getQueryType() as GraphQLObjectType<unknown, Context>;
  const { _service, _entities } = query.getFields();
  if (!_service || !_entities) throw new Error('the federation fields were not added');
  _service.resolve = () => ({ sdl });
  _entities.resolve = (_source, args: { representations: unknown[] }, context, info) =>
    resolveEntities(args.representations, references, context, info);
  return { schema, sdl };
}

/** Asks each reference resolver once for all representations of its type and puts the answers back in order. */
async function resolveEntities<Context>(
  representations: readonly unknown[],
  references: Readonly<Record<string, ReferenceResolver<Context>>>,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<unknown[]> {
  const answers: unknown[] = representations.map(() => null);
  const positions = new Map<string, number[]>();
  representations.forEach((representation, position) => {
    const typename = isEntity(representation) ? representation.__typename : '';
    positions.set(typename, [...(positions.get(typename) ?? []), position]);
  });
  await Promise.all(
    [...positions].map(async ([typename, wanted]) => {
      const resolve = references[typename];
      if (!resolve)
        throw new GraphQLError('A representation of an unknown type was asked for.', {
          extensions: { code: 'INVALID_INPUT' },
        });
      const found = await resolve(
        wanted.map((position) => representations[position]).filter(isEntity),
        context,
        info,
      );
      wanted.forEach((position, index) => {
        const entity = found[index];
        answers[position] =
          entity && !(entity instanceof Error)
            ? Object.assign(entity, { __typename: typename })
            : (entity ?? null);
      });
    }),
  );
  return answers;
}

function entityUnion(schema: GraphQLSchema): GraphQLUnionType {
  return schema.getType('_Entity') as GraphQLUnionType;
}

function isEntity(value: unknown): value is Record<string, unknown> & { __typename: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    '__typename' in value &&
    typeof value.__typename === 'string'
  );
}
