import {
  getNamedType,
  getNullableType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import { createOperationDescriptor, Environment, Network, RecordSource, Store } from 'relay-runtime';
import type { ConcreteRequest } from 'relay-runtime';

/** What a cache is given to write and to read. */
export interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What Relay's store reads back of an answer that was written into it. */
export function throughRelay(asked: Asked): unknown {
  const environment = new Environment({
    network: Network.create(() => Promise.reject(new Error('everything is there'))),
    store: new Store(new RecordSource()),
  });
  const operation = createOperationDescriptor(compiled(asked), {});
  environment.commitPayload(operation, structuredClone(asked.data));
  return environment.lookup(operation.fragment).data;
}

/** What is read and written of an object: the same here, as nothing is left to be resolved later. */
type Selection =
  | ({ readonly kind: 'ScalarField' } & Place)
  | ({
      readonly kind: 'LinkedField';
      /** Null where the answer says it. */
      readonly concreteType: string | null;
      readonly plural: boolean;
      readonly selections: readonly Selection[];
    } & Place)
  | {
      readonly kind: 'InlineFragment';
      readonly type: string;
      readonly abstractKey: null;
      readonly selections: readonly Selection[];
    };

interface Place {
  readonly name: string;
  readonly alias: string | null;
  readonly args: readonly { readonly kind: 'Literal'; readonly name: string; readonly value: unknown }[];
  readonly storageKey: null;
}

/** What Relay's compiler makes of an operation, with the values of its variables in their places. */
function compiled({ schema, document, variables }: Asked): ConcreteRequest {
  const operation = getOperationAST(document);
  if (!operation) throw new Error('the document has no operation');
  const root = schema.getRootType(operation.operation);
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );

  const selectionsOf = (
    set: SelectionSetNode | undefined,
    parent: GraphQLNamedType | undefined,
  ): Selection[] =>
    (set?.selections ?? []).flatMap((selection): Selection[] => {
      if (selection.kind === Kind.FIELD) return [fieldOf(selection, parent)];
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition = fragment?.typeCondition && typeFromAST(schema, fragment.typeCondition);
      if (!condition || isAbstractType(condition) || condition === parent)
        return selectionsOf(fragment?.selectionSet, condition ?? parent);
      const selections = selectionsOf(fragment?.selectionSet, condition);
      return [{ kind: 'InlineFragment', type: condition.name, abstractKey: null, selections }];
    });

  const fieldOf = (node: FieldNode, parent: GraphQLNamedType | undefined): Selection => {
    const name = node.name.value;
    const args = (node.arguments ?? []).map(({ name: argument, value }) => ({
      kind: 'Literal' as const,
      name: argument.value,
      value: valueFromASTUntyped(value, variables) ?? null,
    }));
    const place = { name, alias: node.alias?.value ?? null, args, storageKey: null };
    const type = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name]?.type : undefined;
    const named = type && getNamedType(type);
    if (!type || !isCompositeType(named)) return { kind: 'ScalarField', ...place };
    return {
      kind: 'LinkedField',
      ...place,
      concreteType: isAbstractType(named) ? null : named.name,
      plural: isListType(getNullableType(type)),
      selections: selectionsOf(node.selectionSet, named),
    };
  };

  const selections = selectionsOf(operation.selectionSet, root ?? undefined);
  const name = operation.name?.value ?? 'Unnamed';
  return {
    kind: 'Request',
    fragment: {
      kind: 'Fragment',
      ...{ name, type: root?.name ?? 'Query', metadata: null, argumentDefinitions: [], abstractKey: null },
      selections,
    },
    operation: { kind: 'Operation', name, argumentDefinitions: [], selections },
    // Each event of a subscription has a root of its own there, which nobody could read again by the operation.
    params: { id: null, cacheID: name, metadata: {}, name, operationKind: 'query', text: name },
  };
}
