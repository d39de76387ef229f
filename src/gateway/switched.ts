import { getDirectiveValues, GraphQLIncludeDirective, GraphQLSkipDirective, Kind, visit } from 'graphql';
import type { DirectiveNode, DocumentNode, OperationDefinitionNode, SelectionNode } from 'graphql';
import { TYPENAME } from './with-typenames.js';

type Values = Readonly<Record<string, unknown>>;

/**
 * The operation without what `@skip` and `@include` switch off for these values, and without those directives: a planner
 * would ask for some of it, and let its failure take away what was asked for. Asks for a type where nothing is left.
 */
export function switched(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Values,
): DocumentNode {
  return visit(
    {
      ...document,
      definitions: document.definitions.filter(
        (one) => one === operation || one.kind === Kind.FRAGMENT_DEFINITION,
      ),
    },
    {
      SelectionSet(node) {
        const on = node.selections.filter((selection) => isOn(selection, variables));
        return { ...node, selections: on.length > 0 ? on : [TYPENAME] };
      },
      Directive: (node) => (isSwitch(node) ? null : undefined),
    },
  );
}

/** The variables that `@skip` and `@include` of a document depend on. */
export function switchVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      for (const { value } of isSwitch(node) ? (node.arguments ?? []) : [])
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function isSwitch({ name: { value } }: DirectiveNode): boolean {
  return value === 'skip' || value === 'include';
}

function isOn(node: SelectionNode, variables: Values): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false
  );
}
