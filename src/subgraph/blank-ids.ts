import { defaultFieldResolver, getNullableType, GraphQLID } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { checkAll } from '../check-all.js';
import { checkFilled } from '../check-given.js';

/** Makes every query refuse an id that is blank: no thing has it. INVALID_INPUT with the reason BLANK. */
export function refuseBlankIds(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const ids = field.args.filter(({ type }) => getNullableType(type) === GraphQLID);
    if (ids.length === 0) continue;
    const next = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args: Readonly<Record<string, unknown>>, context, info): unknown => {
      checkAll(
        ids.map(({ name }) => () => {
          const id = args[name];
          if (typeof id === 'string') checkFilled(name, id);
        }),
      );
      return next(source, args, context, info);
    };
  }
}
