import { extendSchema, GraphQLError, parse } from 'graphql';
import type { GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema, GraphQLUnionType } from 'graphql';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { hasId } from './identified.js';

/**
 * Finds entities by their key fields: one answer per representation, in order; null for an unknown one. `info` is that
 * of `_entities`, for those that read only what is asked for.
 */
export type ReferenceResolver<Context> = (
  representations: readonly Record<string, unknown>[],
  context: Context,
  info: GraphQLResolveInfo,
) => Promise<readonly unknown[]> | readonly unknown[];

/** Makes an entity of its key fields alone: nobody is asked, so nothing is waited for. Null for an unknown one. */
export interface KnownByKey {
  readonly fromKey: (representation: Readonly<Record<string, unknown>>) => object | null | undefined;
}

/** How the entities of each type are found, by the type's name. */
export type References<Context> = Readonly<Record<string, ReferenceResolver<Context> | KnownByKey>>;

/** A schema with the fields of the subgraph specification. */
export interface Federated {
  /** Executable, with `_service` and `_entities`. */
  readonly schema: GraphQLSchema;
  /** As `_service { sdl }` answers it. */
  readonly sdl: string;
  /** Types whose entities are made of their keys. */
  readonly knownByKey: ReadonlyMap<string, KnownByKey>;
}

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
export function federate<Context>(base: GraphQLSchema, references: References<Context>): Federated {
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
  const knownByKey = Object.entries(references).flatMap(([name, found]) =>
    'fromKey' in found ? [[name, found] as const] : [],
  );
  return { schema, sdl, knownByKey: new Map(knownByKey) };
}

/** Asks each reference resolver once for all representations of its type and puts the answers back in order. */
async function resolveEntities<Context>(
  representations: readonly unknown[],
  references: References<Context>,
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
      const keys = wanted.map((position) => representations[position]).filter(isEntity);
      const found =
        'fromKey' in resolve ? keys.map((key) => resolve.fromKey(key)) : await resolve(keys, context, info);
      wanted.forEach((position, index) => {
        const entity = found[index];
        if (!entity || entity instanceof Error) answers[position] = entity ?? null;
        // One object has one id: another text that leads to it is none.
        else if (hasId(info.schema.getType(typename), entity, keys[index]?.['id']))
          answers[position] = Object.assign(entity, { __typename: typename });
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
