import { isObjectType } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/** Puts arguments back in the order they are written in: type-graphql collects them from the last parameter to the first. */
export function restoreArgumentOrder(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) field.args = [...field.args].reverse();
  }
}
