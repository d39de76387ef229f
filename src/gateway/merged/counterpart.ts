import { defaultFieldResolver, getNamedType, isLeafType } from 'graphql';
import type { GraphQLObjectType, GraphQLOutputType, GraphQLResolveInfo } from 'graphql';
import type { Subgraph } from '../../subgraph/subgraph.js';
import type { OperationScope } from './operation-scope.js';
import { isPromise } from './owned.js';
import type { Owned } from './owned.js';
import { objectIn } from './type-owners.js';
import type { Way } from './type-owners.js';

/** What another subgraph has for an object, null for nothing, or a promise of either: asked once per object. */
export function counterpartOf(
  object: Owned,
  type: GraphQLObjectType,
  target: Subgraph,
  way: Way,
  scope: OperationScope,
  info: GraphQLResolveInfo,
): unknown {
  const found = object.counterparts.get(target);
  if (found) {
    for (const node of info.fieldNodes) found.fields.add(node);
    return found.source;
  }
  const fields = new Set(info.fieldNodes);
  const known = target.knownByKey.get(type.name);
  const find = (representation: Representation | undefined): unknown => {
    if (!representation) return null;
    if (known) return known.fromKey(representation);
    return scope.loaderOf(target, type.name).find({ representation, fields, info });
  };
  const source =
    way === 'origin'
      ? atOrigin(object, target, scope, info)
      : afterwards(represent(object, type, way.key, scope, info), find);
  object.counterparts.set(target, { fields, source });
  return source;
}

function atOrigin(
  { origin }: Owned,
  target: Subgraph,
  scope: OperationScope,
  info: GraphQLResolveInfo,
): unknown {
  const field = origin && target.schema.getQueryType()?.getFields()[origin.field];
  if (!field) return null;
  return scope.root(`${target.name} ${field.name} ${JSON.stringify(origin.args)}`, () =>
    (field.resolve ?? defaultFieldResolver)(undefined, origin.args, scope.contextOf(target), {
      ...info,
      fieldName: field.name,
      returnType: field.type,
      schema: target.schema,
    }),
  );
}

/**
 * The key fields of an object as its own subgraph answers them; undefined when one has no value. A promise only where a
 * resolver answers one: most keys are there already, and there may be many objects.
 */
function represent(
  { source, subgraph }: Owned,
  type: GraphQLObjectType,
  key: readonly string[],
  scope: OperationScope,
  info: GraphQLResolveInfo,
): Settling<Representation | undefined> {
  const fields = objectIn(subgraph, type)?.getFields() ?? {};
  const values = key.map((name): unknown => {
    const field = fields[name];
    if (!field) return undefined;
    const value: unknown = (field.resolve ?? defaultFieldResolver)(source, {}, scope.contextOf(subgraph), {
      ...info,
      fieldName: name,
      returnType: field.type,
      schema: subgraph.schema,
    });
    return isPromise(value)
      ? value.then((settled) => serialized(settled, field.type))
      : serialized(value, field.type);
  });
  return values.some(isPromise)
    ? Promise.all(values).then((settled) => representation(type, key, settled))
    : representation(type, key, values);
}

type Representation = Readonly<Record<string, unknown>>;
type Settling<Value> = Value | Promise<Value>;

function representation(
  type: GraphQLObjectType,
  key: readonly string[],
  values: readonly unknown[],
): Representation | undefined {
  if (values.some((value) => value === null || value === undefined)) return undefined;
  return Object.fromEntries([
    ['__typename', type.name],
    ...key.map((name, index) => [name, values[index]] as const),
  ]);
}

function serialized(value: unknown, type: GraphQLOutputType): unknown {
  const leaf = getNamedType(type);
  return isLeafType(leaf) && value !== null && value !== undefined ? leaf.serialize(value) : value;
}

function afterwards<Value>(value: Settling<Value>, use: (value: Value) => unknown): unknown {
  return value instanceof Promise ? value.then(use) : use(value);
}
