import { Kind, parse } from 'graphql';
import type { ConstDirectiveNode, GraphQLField, GraphQLObjectType } from 'graphql';

/** The fields of each key by which a subgraph finds entities of a type; undefined for a key with fields inside fields. */
export function keysOf(type: GraphQLObjectType): readonly (readonly string[] | undefined)[] {
  const nodes = [type.astNode, ...type.extensionASTNodes];
  return nodes
    .flatMap((node) => node?.directives ?? [])
    .filter((directive) => directive.name.value === 'key' && !isUnresolvable(directive))
    .map((directive) => namesIn(textOf(directive, 'fields')));
}

/** Whether a field's subgraph only repeats it, to say that another has it. */
export function isExternal(field: GraphQLField<unknown, unknown>): boolean {
  return hasDirective(field, 'external');
}

/** Whether resolving a field needs fields of other subgraphs. */
export function requiresOthers(field: GraphQLField<unknown, unknown>): boolean {
  return hasDirective(field, 'requires');
}

function hasDirective({ astNode }: GraphQLField<unknown, unknown>, name: string): boolean {
  return astNode?.directives?.some((directive) => directive.name.value === name) ?? false;
}

function isUnresolvable(directive: ConstDirectiveNode): boolean {
  return (directive.arguments ?? []).some(
    ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
  );
}

function textOf(directive: ConstDirectiveNode, argument: string): string {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}

function namesIn(fieldSet: string): readonly string[] | undefined {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const names = definition.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD && !selection.selectionSet ? [selection.name.value] : [],
  );
  return names.length === definition.selectionSet.selections.length ? names : undefined;
}
