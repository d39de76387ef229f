import type { GraphQLResolveInfo } from 'graphql';
import { Directive } from 'type-graphql';
import {
  isSecretCheckField,
  refuseSecondSecretCheck,
  SECRET_CHECK_TAG,
} from '../../src/subgraph/secret-checks.js';

/**
 * Marks a root field that checks a password, PIN or code, visibly in the SDL, so that the gateway allows one of them in
 * an operation, whichever subgraphs they belong to. It must call `requireSingleVerification` too: a subgraph may be
 * asked by others than our gateway.
 */
export function VerifiesSecret(): MethodDecorator & PropertyDecorator {
  return Directive(`@tag(name: "${SECRET_CHECK_TAG}")`);
}

/**
 * Refuses an operation with more than one field that checks a secret, before the first of them does: otherwise one
 * request could try many.
 * @throws GraphQLError
 */
export function requireSingleVerification({ operation, fragments, parentType }: GraphQLResolveInfo): void {
  const fields = parentType.getFields();
  const refusal = refuseSecondSecretCheck(
    operation,
    (name) => fragments[name],
    (name) => {
      const definition = fields[name]?.astNode;
      return !!definition && isSecretCheckField(definition);
    },
  );
  if (refusal) throw refusal;
}
