import { GraphQLError, Kind } from 'graphql';
import type {
  FieldDefinitionNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';

/** The federation `@tag` of root fields that check a password, PIN or code; it stands in the SDL of each subgraph and in the supergraph. */
export const SECRET_CHECK_TAG = 'verifies-secret';

/** Whether a field of a schema document carries the tag. */
export function isSecretCheckField(field: FieldDefinitionNode): boolean {
  return (field.directives ?? []).some(
    (directive) =>
      directive.name.value === 'tag' &&
      directive.arguments?.some(
        ({ value }) => value.kind === Kind.STRING && value.value === SECRET_CHECK_TAG,
      ) === true,
  );
}

/**
 * Refuses an operation with more than one field that checks a secret: otherwise one request could try many.
 * @param isSecretCheck whether a field of the root type does so, by its name
 * @returns undefined for an operation that may run
 */
export function refuseSecondSecretCheck(
  operation: OperationDefinitionNode,
  fragmentOf: (name: string) => FragmentDefinitionNode | undefined | null,
  isSecretCheck: (fieldName: string) => boolean,
): GraphQLError | undefined {
  const answers = new Set<string>();
  const visited = new Set<string>();
  const visit = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (isSecretCheck(name)) answers.add(selection.alias?.value ?? name);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
      else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        visit(fragmentOf(selection.name.value)?.selectionSet);
      }
    }
  };
  visit(operation.selectionSet);
  if (answers.size <= 1) return undefined;
  return new GraphQLError('Only one field of an operation may check a password, PIN or code.', {
    nodes: operation,
    extensions: { code: 'LIMIT_EXCEEDED', http: { status: 400, spec: true } },
  });
}
