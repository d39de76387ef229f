import type {
  FieldNode,
  GraphQLFieldResolver,
  GraphQLNamedType,
  GraphQLSchema,
  SelectionNode,
} from 'graphql';
import type { Audit } from '../../audit.js';
import { typeOfId } from '../../subgraph/global-id.js';
import type { AnyOf } from '../../subgraph/refusals.js';
import { queriesOf, scopesOfEntities } from '../../subgraph/scopes.js';
import type { Subgraph } from '../../subgraph/subgraph.js';
import { findNodeFor } from '../node-access.js';
import { keysOf } from './keys.js';
import type { OperationScope } from './operation-scope.js';
import { owned, sourceOf } from './owned.js';
import { objectIn } from './type-owners.js';
import type { TypeOwners } from './type-owners.js';

/** `node(id:)`: whatever has that id, found as the gateway finds any entity of its type. */
export function findNode(
  api: GraphQLSchema,
  owners: TypeOwners,
  audit: Audit | undefined,
): GraphQLFieldResolver<unknown, OperationScope, { readonly id: string }> {
  const needs = new Map<Subgraph, ReadonlyMap<string, AnyOf>>();
  const neededIn = (subgraph: Subgraph): ReadonlyMap<string, AnyOf> => {
    const known = needs.get(subgraph) ?? scopesOfEntities(queriesOf(subgraph.schema));
    needs.set(subgraph, known);
    return known;
  };
  return (_source, { id }, scope, info) => {
    const type = api.getType(typeOfId(id) ?? '');
    const subgraph = type && owners.ofType(type).find((one) => isFoundById(one, type));
    const find = async (): Promise<unknown> => {
      if (!type || !subgraph) return null;
      const found = await scope.loaderOf(subgraph, type.name).find({
        representation: { __typename: type.name, id },
        fields: new Set(info.fieldNodes.flatMap(selectionsOf)),
        info,
      });
      return (owners.isShared(type) ? owned(found, subgraph) : found) ?? null;
    };
    return findNodeFor(scope.call, id, subgraph && neededIn(subgraph).get(type.name), find, audit);
  };
}

/** What a node is, as its subgraph has said when it found it. */
export function typeOfNode(value: unknown): string | undefined {
  const source: unknown = sourceOf(value);
  if (typeof source !== 'object' || source === null || !('__typename' in source)) return undefined;
  return typeof source.__typename === 'string' ? source.__typename : undefined;
}

function isFoundById(subgraph: Subgraph, type: GraphQLNamedType): boolean {
  const found = objectIn(subgraph, type);
  return found !== undefined && keysOf(found).some((key) => key?.length === 1 && key[0] === 'id');
}

function selectionsOf({ selectionSet }: FieldNode): readonly SelectionNode[] {
  return selectionSet?.selections ?? [];
}
