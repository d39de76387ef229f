import { getDirectiveValues, GraphQLIncludeDirective, GraphQLSkipDirective } from 'graphql';
import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/**
 * What an operation asks for below the current field: the names of fields, and dotted paths of those inside them, such
 * as `credentials.pushAttributes`. Decides which upstream calls are made.
 */
export function selectedPaths(info: GraphQLResolveInfo): ReadonlySet<string> {
  const paths = new Set<string>();
  const visit = (set: SelectionSetNode | undefined, prefix: string): void => {
    for (const selection of set?.selections ?? []) {
      const skip = getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues);
      const include = getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues);
      if (skip?.['if'] === true || include?.['if'] === false) continue;
      if (selection.kind === 'Field') {
        const path = prefix + selection.name.value;
        paths.add(path);
        visit(selection.selectionSet, `${path}.`);
      } else if (selection.kind === 'InlineFragment') visit(selection.selectionSet, prefix);
      else visit(info.fragments[selection.name.value]?.selectionSet, prefix);
    }
  };
  for (const node of info.fieldNodes) visit(node.selectionSet, '');
  return paths;
}
