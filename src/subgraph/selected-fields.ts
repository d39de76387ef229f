import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isObjectType,
  Kind,
} from 'graphql';
import type {
  FieldNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLResolveInfo,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import type { SubgraphCall } from './subgraph.js';

/** A field of any type. */
export type Field = GraphQLField<unknown, SubgraphCall>;

type Selected = Readonly<Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>>;

/**
 * Every field of `schema` that an operation asks for below the current field, at any depth; of an abstract type, those
 * of all types it may turn out to be.
 * @param type what the current field answers
 */
export function selectedFields(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  info: Selected & { readonly fieldNodes: readonly FieldNode[] },
): ReadonlySet<Field> {
  const found = new Set<Field>();
  const visit = (set: SelectionSetNode | undefined, on: string): void => {
    if (!set) return;
    for (const { node, condition = on } of nodesIn(set, info)) {
      const parent = schema.getType(condition);
      for (const field of parent ? fieldsOf(schema, parent, node.name.value) : []) {
        found.add(field);
        visit(node.selectionSet, getNamedType(field.type).name);
      }
    }
  };
  for (const node of info.fieldNodes) visit(node.selectionSet, type.name);
  return found;
}

interface SelectedNode {
  readonly node: FieldNode;
  /** The type that the innermost fragment around it names. */
  readonly condition?: string | undefined;
}

/** The fields that a selection set asks for, those of its fragments included. */
export function* nodesIn(set: SelectionSetNode, info: Selected, condition?: string): Iterable<SelectedNode> {
  for (const selection of set.selections) {
    const skip = getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues);
    const include = getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues);
    if (skip?.['if'] === true || include?.['if'] === false) continue;
    if (selection.kind === Kind.FIELD) {
      yield { node: selection, condition };
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    if (fragment)
      yield* nodesIn(fragment.selectionSet, info, fragment.typeCondition?.name.value ?? condition);
  }
}

function fieldsOf(schema: GraphQLSchema, type: GraphQLNamedType, name: string): readonly Field[] {
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  return types.flatMap((each) => each.getFields()[name] ?? []);
}
