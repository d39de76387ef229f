import { getNamedType, isCompositeType, isLeafType, isRequiredArgument, isUnionType } from 'graphql';
import type { GraphQLField, GraphQLOutputType } from 'graphql';

/** What a document selects of a type: its own values, and those of what it holds, down to a depth. */
export function selectionOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (!isCompositeType(named) || isUnionType(named)) return '';
  const parts = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    if (isLeafType(getNamedType(field.type))) return [field.name];
    const inner = depth > 0 ? selectionOf(field.type, depth - 1) : '';
    return inner === '' ? [] : [`${field.name} ${inner}`];
  });
  return `{ ${['__typename', ...parts].join(' ')} }`;
}

/** A document that asks for one field with all its arguments. */
export function documentFor(
  operation: 'query' | 'mutation' | 'subscription',
  { name, args, type }: GraphQLField<unknown, unknown>,
  depth = 1,
): string {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}${defaultOf(arg.defaultValue)}`);
  const given = args.map((arg) => `${arg.name}: $${arg.name}`);
  const [head, call] = args.length > 0 ? [`(${declared.join(', ')})`, `(${given.join(', ')})`] : ['', ''];
  return `${operation} ${head} { ${name}${call} ${selectionOf(type, depth)} }`;
}

/** Of what has a default, null is wrong: the variable needs it too. */
function defaultOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' && /^[A-Z_]+$/.test(value) ? ` = ${value}` : ` = ${JSON.stringify(value)}`;
}
