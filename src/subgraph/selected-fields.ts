import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isObjectType,
} from 'graphql';
import type {
  GraphQLField,
  GraphQLNamedType,
  GraphQLResolveInfo,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import type { SubgraphCall } from './subgraph.js';

type Field = GraphQLField<unknown, SubgraphCall>;

/**
 * Every field of `schema` that an operation asks for below the current field, at any depth; of an abstract type, those
 * of all types it may turn out to be.
 * @param type what the current field answers
 */
export function selectedFields(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>,
): ReadonlySet<Field> {
  const found = new Set<Field>();
  const visit = (set: SelectionSetNode | undefined, parent: GraphQLNamedType | undefined): void => {
    if (!set || !parent) return;
    for (const selection of set.selections) {
      const skip = getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues);
      const include = getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues);
      if (skip?.['if'] === true || include?.['if'] === false) continue;
      if (selection.kind === 'Field') {
        for (const field of fieldsOf(schema, parent, selection.name.value)) {
          found.add(field);
          visit(selection.selectionSet, getNamedType(field.type));
        }
      } else {
        const fragment =
          selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
        const condition = fragment?.typeCondition?.name.value;
        visit(fragment?.selectionSet, condition === undefined ? parent : schema.getType(condition));
      }
    }
  };
  for (const node of info.fieldNodes) visit(node.selectionSet, type);
  return found;
}

function fieldsOf(schema: GraphQLSchema, type: GraphQLNamedType, name: string): readonly Field[] {
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  return types.flatMap((each) => each.getFields()[name] ?? []);
}
