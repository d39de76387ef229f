import { defaultFieldResolver, getNullableType, GraphQLID, isInputObjectType, isListType } from 'graphql';
import type { GraphQLInputType, GraphQLSchema } from 'graphql';
import type { SubgraphContext } from './context.js';
import { valueAt } from './given.js';

/** Lets every mutation know what its caller has given: problems are told of that. */
export function rememberGiven(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { args, resolve = defaultFieldResolver } = field;
    field.resolve = (source, values: Record<string, unknown>, context: SubgraphContext<unknown>, info) => {
      const ids = args.flatMap(({ name, type }) => idsIn(type, values[name]));
      return resolve(source, values, { ...context, given: { input: values['input'], ids } }, info);
    };
  }
}

function idsIn(type: GraphQLInputType, value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (value === null || value === undefined) return [];
  const nullable = getNullableType(type);
  if (isListType(nullable) && Array.isArray(value))
    return value.flatMap((item, index) => idsIn(nullable.ofType, item, [...path, String(index)]));
  if (isInputObjectType(nullable))
    return Object.values(nullable.getFields()).flatMap((field) =>
      idsIn(field.type, valueAt(value, [field.name]), [...path, field.name]),
    );
  return nullable === GraphQLID ? [path] : [];
}
