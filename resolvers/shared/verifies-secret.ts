import { GraphQLError } from 'graphql';
import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import { Extensions } from 'type-graphql';

const MARK = 'verifiesSecret';

/** Marks a root field that checks a password, PIN or code; it must call `requireSingleVerification`. */
export function VerifiesSecret(): MethodDecorator & PropertyDecorator {
  return Extensions({ [MARK]: true });
}

/**
 * Refuses an operation with more than one field that checks a secret, before the first of them does: otherwise one
 * request could try many.
 * @throws GraphQLError
 */
export function requireSingleVerification(info: GraphQLResolveInfo): void {
  const fields = info.parentType.getFields();
  const count = (set: SelectionSetNode | undefined): number =>
    (set?.selections ?? []).reduce((sum, selection) => {
      if (selection.kind === 'Field') {
        return sum + (fields[selection.name.value]?.extensions[MARK] === true ? 1 : 0);
      }
      const inner =
        selection.kind === 'InlineFragment'
          ? selection.selectionSet
          : info.fragments[selection.name.value]?.selectionSet;
      return sum + count(inner);
    }, 0);
  if (count(info.operation.selectionSet) <= 1) return;
  throw new GraphQLError('Only one field of an operation may check a password, PIN or code.', {
    extensions: { code: 'LIMIT_EXCEEDED' },
  });
}
