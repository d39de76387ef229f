import { isNonNullType } from 'graphql';
import type { ASTVisitor, OperationDefinitionNode, ValidationContext } from 'graphql';

/**
 * Knows of validated operations which variables must not be null although their type allows it: a variable with a
 * default may stand where null is forbidden, and is wrong there only when null is given for it.
 */
export class NullForbidden {
  readonly #names = new WeakMap<OperationDefinitionNode, ReadonlySet<string>>();

  /** A validation rule that refuses nothing, and remembers. */
  readonly rule = (context: ValidationContext): ASTVisitor => ({
    OperationDefinition: (operation) => {
      const usages = context.getRecursiveVariableUsages(operation).filter(({ type }) => isNonNullType(type));
      this.#names.set(operation, new Set(usages.map(({ node }) => node.name.value)));
    },
  });

  /** Names of such variables. */
  of(operation: OperationDefinitionNode): ReadonlySet<string> {
    return this.#names.get(operation) ?? new Set();
  }
}
