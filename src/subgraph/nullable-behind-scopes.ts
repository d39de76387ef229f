import { getNullableType } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { guardedFields } from './scopes.js';

/**
 * Makes every field behind a scope nullable: who lacks the scope loses that field alone, never what stands beside it.
 * So is every command: one that fails must not take with it what another of the same operation has already answered.
 * A stream that is refused has no answer to spoil and keeps its type.
 */
export function nullableBehindScopes(schema: GraphQLSchema): void {
  for (const { type, field } of guardedFields(schema))
    if (type !== schema.getSubscriptionType()) field.type = getNullableType(field.type);
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {}))
    field.type = getNullableType(field.type);
}
