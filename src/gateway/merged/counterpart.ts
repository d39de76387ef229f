import { defaultFieldResolver, getNamedType, isLeafType } from 'graphql';
import type { GraphQLField, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { Subgraph } from '../../subgraph/subgraph.js';
import type { OperationScope } from './operation-scope.js';
import { isPromise } from './owned.js';
import type { Counterpart, Owned } from './owned.js';
import { objectIn } from './type-owners.js';
import type { Way } from './type-owners.js';

/** What another subgraph has for an object, null for nothing, or a promise of either: asked once per object. */
export type FindCounterpart = (object: Owned, scope: OperationScope, info: GraphQLResolveInfo) => unknown;

/** How the objects of a type are found in another subgraph: what can be known of it before there are any. */
export function counterpartFinder(
  type: GraphQLObjectType,
  from: Subgraph,
  target: Subgraph,
  way: Way,
): FindCounterpart {
  const find = way === 'origin' ? atOrigin(target) : byKey(type, from, target, way.key);
  return (object, scope, info) => {
    const known = object.counterpartIn(target);
    if (!known) return object.keep(target, find(object, scope, info));
    if (known.fields) for (const node of info.fieldNodes) known.fields.add(node);
    return known.source;
  };
}

type Find = (object: Owned, scope: OperationScope, info: GraphQLResolveInfo) => Counterpart;

function atOrigin(target: Subgraph): Find {
  const fields = target.schema.getQueryType()?.getFields();
  return ({ origin }, scope, info) => {
    const field = origin && fields?.[origin.field];
    if (!field) return { fields: undefined, source: null };
    const { resolve = defaultFieldResolver } = field;
    const ask = (): unknown =>
      resolve(undefined, origin.args, scope.contextOf(target), infoIn(target, field, info));
    const place = `${target.name} ${field.name} ${JSON.stringify(origin.args)}`;
    return { fields: undefined, source: scope.root(place, ask) };
  };
}

/** A promise only where a resolver of a key field answers one: most keys are there already, and there may be many objects. */
function byKey(type: GraphQLObjectType, from: Subgraph, target: Subgraph, key: readonly string[]): Find {
  const { name: typename } = type;
  const own = objectIn(from, type)?.getFields() ?? {};
  const readers = key.map((name) => keyReader(from, own[name]));
  const represent = (values: readonly unknown[]): Representation | undefined => {
    const representation: Record<string, unknown> = { __typename: typename };
    for (const [index, name] of key.entries()) {
      const value = values[index];
      if (value === null || value === undefined) return undefined;
      representation[name] = value;
    }
    return representation;
  };
  const maker = target.knownByKey.get(typename);
  return (object, scope, info) => {
    // Those of its siblings in the answer are added as they are met.
    const fields = maker ? undefined : new Set(info.fieldNodes);
    const find = (values: readonly unknown[]): unknown => {
      const representation = represent(values);
      if (!representation) return null;
      if (!fields) return maker?.fromKey(representation);
      return scope.loaderOf(target, typename).find({ representation, fields, info });
    };
    const values = readers.map((read) => read(object.source, scope, info));
    return { fields, source: values.some(isPromise) ? Promise.all(values).then(find) : find(values) };
  };
}

type Representation = Readonly<Record<string, unknown>>;

type ReadKey = (source: unknown, scope: OperationScope, info: GraphQLResolveInfo) => unknown;

/** A key field as its own subgraph answers it. */
function keyReader(subgraph: Subgraph, field: GraphQLField<unknown, unknown> | undefined): ReadKey {
  if (!field) return () => undefined;
  const leaf = getNamedType(field.type);
  const serialized = (value: unknown): unknown =>
    isLeafType(leaf) && value !== null && value !== undefined ? leaf.serialize(value) : value;
  const { resolve = defaultFieldResolver } = field;
  return (source, scope, info) => {
    const value: unknown = resolve(source, {}, scope.contextOf(subgraph), infoIn(subgraph, field, info));
    return isPromise(value) ? value.then(serialized) : serialized(value);
  };
}

/** What a resolver of a field reads of where it is asked. */
function infoIn(
  { schema }: Subgraph,
  { name, type }: GraphQLField<unknown, unknown>,
  info: GraphQLResolveInfo,
): GraphQLResolveInfo {
  return { ...info, fieldName: name, returnType: type, schema };
}
