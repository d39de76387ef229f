import { visit } from 'graphql';
import type { ASTVisitor, DocumentNode, ValidationContext } from 'graphql';
import { refuseSecondSecretCheck, isSecretCheckField } from '../subgraph/secret-checks.js';

/**
 * The fields of root types that check a password, PIN or code, as coordinates such as `Mutation.signIn`.
 * @param supergraph where subgraphs have tagged them
 */
export function findSecretChecks(supergraph: DocumentNode): ReadonlySet<string> {
  const found = new Set<string>();
  visit(supergraph, {
    ObjectTypeDefinition(type) {
      for (const field of type.fields ?? [])
        if (isSecretCheckField(field)) found.add(`${type.name.value}.${field.name.value}`);
      return false;
    },
  });
  return found;
}

/**
 * A validation rule that allows one secret check in the whole operation of a client. A subgraph alone could not tell:
 * the fields of one mutation reach it in several requests when those of another subgraph stand between them.
 */
export function singleSecretCheck(checks: ReadonlySet<string>): (context: ValidationContext) => ASTVisitor {
  return function SingleSecretCheck(context) {
    return {
      OperationDefinition(operation) {
        const rootType = context.getSchema().getRootType(operation.operation);
        const refusal = refuseSecondSecretCheck(
          operation,
          (name) => context.getFragment(name),
          (field) => checks.has(`${rootType?.name}.${field}`),
        );
        if (refusal) context.reportError(refusal);
      },
    };
  };
}
