import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { z } from 'zod';
import type { SubgraphContext } from './context.js';

const refused = z.object({ problem: z.object({}) });

/**
 * Makes every mutation fail that has done something without `command()`, or `lookup()` for what changes nothing: the
 * rules of commands hold for all of them, and whoever adds one learns of it at its first success.
 */
export function requireCommands(schema: GraphQLSchema): void {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  for (const field of Object.values(mutations)) {
    if (field.resolve) field.resolve = checked(field.resolve);
  }
}

function checked(
  next: GraphQLFieldResolver<unknown, SubgraphContext<unknown>>,
): GraphQLFieldResolver<unknown, SubgraphContext<unknown>> {
  return async (source, args, context, info) => {
    const payload: unknown = await next(source, args, context, info);
    if (context.begun.has(info.fieldName) || refused.safeParse(payload).success) return payload;
    throw new Error(`The mutation ${info.fieldName} has not gone through command() or lookup().`);
  };
}
