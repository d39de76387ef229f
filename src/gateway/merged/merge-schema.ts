import {
  defaultFieldResolver,
  defaultTypeResolver,
  getNamedType,
  isAbstractType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql';
import type {
  GraphQLAbstractType,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
} from 'graphql';
import type { Audit } from '../../audit.js';
import type { Subgraph } from '../../subgraph/subgraph.js';
import { adoptLeafTypes } from '../leaf-types.js';
import { missingValue } from '../missing-value.js';
import { counterpartFinder } from './counterpart.js';
import type { FindCounterpart } from './counterpart.js';
import { findNode, typeOfNode } from './find-node.js';
import type { OperationScope } from './operation-scope.js';
import { isPromise, owned, Owned, sourceOf } from './owned.js';
import type { Origin } from './owned.js';
import { objectIn, TypeOwners } from './type-owners.js';

type Resolver = GraphQLFieldResolver<unknown, OperationScope>;
type Field = GraphQLField<unknown, OperationScope>;

/**
 * Makes the graph that clients see executable, by the resolvers of the subgraphs: each field runs where it belongs,
 * with the context of its subgraph. Changes the schema it is given.
 * @param audit where what the gateway refuses leaves a record
 * @returns undefined, and nothing is changed, when a field needs what only a planner can do: `@requires`, keys with
 * fields inside fields, or more than one step from subgraph to subgraph
 */
export function mergeSchema(
  api: GraphQLSchema,
  subgraphs: readonly Subgraph[],
  audit: Audit | undefined,
): GraphQLSchema | undefined {
  const owners = new TypeOwners(api, subgraphs);
  if (!owners.isComplete()) return undefined;
  adoptLeafTypes(
    api,
    subgraphs.map(({ schema }) => schema),
  );
  new Merge(api, owners, audit).run();
  return api;
}

class Merge {
  readonly #api: GraphQLSchema;
  readonly #owners: TypeOwners;
  readonly #audit: Audit | undefined;

  constructor(api: GraphQLSchema, owners: TypeOwners, audit: Audit | undefined) {
    this.#api = api;
    this.#owners = owners;
    this.#audit = audit;
  }

  run(): void {
    for (const type of Object.values(this.#api.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      if (isAbstractType(type)) this.#resolveType(type);
      if (isObjectType(type))
        for (const field of Object.values<Field>(type.getFields())) this.#resolveField(type, field);
    }
  }

  #resolveType(type: GraphQLAbstractType): void {
    const [only] = this.#owners.ofType(type);
    // No subgraph has the interface that the gateway itself adds.
    if (!only) {
      type.resolveType = typeOfNode;
      return;
    }
    type.resolveType = (value, scope: OperationScope, info) => {
      const subgraph = value instanceof Owned ? value.subgraph : only;
      const own = subgraph?.schema.getType(type.name);
      if (!subgraph || !isAbstractType(own)) return undefined;
      const resolve = own.resolveType ?? defaultTypeResolver;
      const { schema } = subgraph;
      return resolve(sourceOf(value), scope.contextOf(subgraph), { ...info, schema }, own);
    };
  }

  #resolveField(type: GraphQLObjectType, field: Field): void {
    if (isNode(this.#api, type, field)) {
      field.resolve = findNode(this.#api, this.#owners, this.#audit);
      return;
    }
    const resolvers = new Map<Subgraph, Resolver>();
    for (const subgraph of this.#owners.ofField(type, field.name)) {
      const own = objectIn(subgraph, type)?.getFields()[field.name];
      if (!own) continue;
      resolvers.set(subgraph, this.#resolverIn(subgraph, type, own));
      // Where the directives of the subgraph stand.
      field.astNode ??= own.astNode;
      if (own.subscribe) field.subscribe = inContext(subgraph, own.subscribe);
    }
    const [only, ...others] = resolvers.values();
    if (!only) throw new Error(`no subgraph resolves ${type.name}.${field.name}`);
    if (this.#isRoot(type)) field.resolve = others.length > 0 ? this.#anyOf(field, resolvers) : only;
    else if (this.#owners.isShared(type)) field.resolve = this.#whereItBelongs(type, field, resolvers);
    else field.resolve = only;
    if (type === this.#api.getMutationType()) field.resolve = forgetting(field.resolve);
  }

  /** A field as one of its owners resolves it, for an object of that owner. */
  #resolverIn(subgraph: Subgraph, parent: GraphQLObjectType, own: GraphQLField<unknown, unknown>): Resolver {
    const resolve = own.resolve ? inContext(subgraph, own.resolve) : readProperty;
    const type = this.#api.getType(getNamedType(own.type).name);
    if (!type || !this.#owners.isShared(type)) return resolve;
    const isOrigin = parent === this.#api.getQueryType();
    return (source, args: Origin['args'], scope, info) =>
      owned(resolve(source, args, scope, info), subgraph, isOrigin ? { field: own.name, args } : undefined);
  }

  /** A root field that several can resolve: by one that has the first field that is asked for. */
  #anyOf(field: Field, resolvers: ReadonlyMap<Subgraph, Resolver>): Resolver {
    const type = getNamedType(field.type);
    const [any] = resolvers.values();
    return (source, args, scope, info) => {
      const wanted = firstField(info);
      for (const [subgraph, resolve] of resolvers)
        if (wanted && isObjectType(type) && objectIn(subgraph, type)?.getFields()[wanted])
          return resolve(source, args, scope, info);
      return any?.(source, args, scope, info);
    };
  }

  /** A field of an object that may come from any of several subgraphs, and may have to be found in another first. */
  #whereItBelongs(
    type: GraphQLObjectType,
    field: Field,
    resolvers: ReadonlyMap<Subgraph, Resolver>,
  ): Resolver {
    const ways = new Map<Subgraph, { find: FindCounterpart; resolve: Resolver }>();
    for (const from of this.#owners.ofType(type)) {
      for (const [target, resolve] of resolvers) {
        const way = resolvers.has(from) ? undefined : this.#owners.way(type, from, target);
        if (way && !ways.has(from))
          ways.set(from, { find: counterpartFinder(type, from, target, way), resolve });
      }
    }
    return (object, args, scope, info) => {
      if (!(object instanceof Owned)) throw new Error(`a ${type.name} came from nowhere`);
      const here = resolvers.get(object.subgraph);
      if (here) return here(object.source, args, scope, info);
      const found = ways.get(object.subgraph);
      if (!found) throw new Error(`${type.name}.${field.name} cannot be found`);
      const source = found.find(object, scope, info);
      return isPromise(source)
        ? source.then((settled) => resolved(found.resolve, field, settled, args, scope, info))
        : resolved(found.resolve, field, source, args, scope, info);
    };
  }

  #isRoot(type: GraphQLObjectType): boolean {
    return [this.#api.getQueryType(), this.#api.getMutationType(), this.#api.getSubscriptionType()].includes(
      type,
    );
  }
}

/** What a field is of an object that was looked for in another subgraph. @throws GraphQLError MISSING_VALUE */
function resolved(
  resolve: Resolver,
  { type }: Field,
  ...[source, args, scope, info]: Parameters<Resolver>
): unknown {
  if (source !== null && source !== undefined) return resolve(source, args, scope, info);
  if (isNonNullType(type)) throw missingValue();
  return null;
}

function inContext(subgraph: Subgraph, resolve: GraphQLFieldResolver<unknown, unknown>): Resolver {
  return (source, args, scope, info) => resolve(sourceOf(source), args, scope.contextOf(subgraph), info);
}

/** Whether it is the field that the gateway itself adds. */
function isNode(api: GraphQLSchema, type: GraphQLObjectType, { name }: Field): boolean {
  return type === api.getQueryType() && name === 'node';
}

const readProperty: Resolver = (source, args, scope, info) =>
  defaultFieldResolver(sourceOf(source), args, scope, info);

function forgetting(resolve: Resolver): Resolver {
  return (source, args, scope, info) => {
    scope.forget();
    return resolve(source, args, scope, info);
  };
}

function firstField({ fieldNodes }: GraphQLResolveInfo): string | undefined {
  for (const selection of fieldNodes[0]?.selectionSet?.selections ?? [])
    if (selection.kind === Kind.FIELD && !selection.name.value.startsWith('__')) return selection.name.value;
  return undefined;
}
