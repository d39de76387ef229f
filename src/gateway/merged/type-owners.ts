import { getNamedType, isAbstractType, isObjectType } from 'graphql';
import type { GraphQLNamedType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Subgraph } from '../../subgraph/subgraph.js';
import { isExternal, keysOf, requiresOthers } from './keys.js';

/** How an object of one subgraph is found in another: by key fields, or by the field of `Query` that it came from. */
export type Way = { readonly key: readonly string[] } | 'origin';

/** Which subgraphs have which types and fields of the graph, and how an object of one is found in another. */
export class TypeOwners {
  readonly #api: GraphQLSchema;
  readonly #subgraphs: readonly Subgraph[];

  constructor(api: GraphQLSchema, subgraphs: readonly Subgraph[]) {
    this.#api = api;
    this.#subgraphs = subgraphs;
  }

  ofType({ name }: GraphQLNamedType): readonly Subgraph[] {
    return this.#subgraphs.filter(({ schema }) => schema.getType(name));
  }

  /** Those that can resolve it. */
  ofField(type: GraphQLObjectType, field: string): readonly Subgraph[] {
    return this.#subgraphs.filter((subgraph) => {
      const found = objectIn(subgraph, type)?.getFields()[field];
      return found && !isExternal(found);
    });
  }

  /** Whether values of a type may come from more than one subgraph. */
  isShared(type: GraphQLNamedType): boolean {
    if (isObjectType(type)) return this.ofType(type).length > 1;
    if (!isAbstractType(type)) return false;
    return this.ofType(type).length > 1 || this.#api.getPossibleTypes(type).some((one) => this.isShared(one));
  }

  way(type: GraphQLObjectType, from: Subgraph, to: Subgraph): Way | undefined {
    const [here, there] = [objectIn(from, type), objectIn(to, type)];
    if (!here || !there) return undefined;
    for (const key of keysOf(there)) if (key?.every((name) => here.getFields()[name])) return { key };
    return this.#isFoundByOrigin(type, to) ? 'origin' : undefined;
  }

  /** Whether every field can be resolved, wherever its object comes from. */
  isComplete(): boolean {
    const roots = [this.#api.getQueryType(), this.#api.getMutationType(), this.#api.getSubscriptionType()];
    return this.#objects()
      .filter((type) => !roots.includes(type))
      .every((type) => Object.keys(type.getFields()).every((field) => this.#isReachable(type, field)));
  }

  #isReachable(type: GraphQLObjectType, field: string): boolean {
    const owners = this.ofField(type, field);
    if (owners.some((owner) => needsOthers(owner, type, field))) return false;
    return this.ofType(type).every(
      (from) => owners.includes(from) || owners.some((to) => this.way(type, from, to)),
    );
  }

  /** Whether all objects of a type come from fields of `Query`, and this subgraph has them all. */
  #isFoundByOrigin(type: GraphQLObjectType, subgraph: Subgraph): boolean {
    const query = this.#api.getQueryType();
    return this.#objects().every((parent) =>
      Object.values(parent.getFields()).every(
        (field) =>
          !this.#mayBe(type, getNamedType(field.type)) ||
          (parent === query && this.ofField(query, field.name).includes(subgraph)),
      ),
    );
  }

  #mayBe(type: GraphQLObjectType, declared: GraphQLNamedType): boolean {
    return declared === type || (isAbstractType(declared) && this.#api.isSubType(declared, type));
  }

  #objects(): readonly GraphQLObjectType[] {
    return Object.values(this.#api.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !name.startsWith('__'));
  }
}

/** An object type as one subgraph has it. */
export function objectIn({ schema }: Subgraph, { name }: GraphQLNamedType): GraphQLObjectType | undefined {
  const found = schema.getType(name);
  return isObjectType(found) ? found : undefined;
}

function needsOthers(subgraph: Subgraph, type: GraphQLObjectType, name: string): boolean {
  const field = objectIn(subgraph, type)?.getFields()[name];
  return field !== undefined && requiresOthers(field);
}
