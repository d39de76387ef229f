import type { GraphQLSchema } from 'graphql';
import { guardedFields, scopesOf } from './scopes.js';

/** Says in the description of every field behind a scope which one it needs. */
export function describeScopes(schema: GraphQLSchema): void {
  for (const { field, directive } of guardedFields(schema)) {
    const needed = scopesOf(directive).map((all) => all.map((scope) => `\`${scope}\``).join(' and '));
    field.description = [field.description, `Needs the scope ${needed.join(', or ')}.`]
      .filter(Boolean)
      .join(' ');
  }
}
