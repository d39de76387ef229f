import { getNullableType } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { guardedFields } from './scopes.js';

/**
 * Makes every field behind a scope nullable: who lacks the scope loses that field alone, never what stands beside it.
 * A command or a stream that is refused has no answer to spoil and keeps its type.
 */
export function nullableBehindScopes(schema: GraphQLSchema): void {
  const whole = [schema.getMutationType(), schema.getSubscriptionType()];
  for (const { type, field } of guardedFields(schema))
    if (!whole.includes(type)) field.type = getNullableType(field.type);
}
