import { getNamedType, isInputObjectType, isNonNullType, isObjectType } from 'graphql';
import type { GraphQLField, GraphQLInputType } from 'graphql';

/** The field with all it requires. */
export function callOf(field: Pick<GraphQLField<unknown, unknown>, 'name' | 'args' | 'type'>): string {
  const given = field.args.filter(({ type }) => isNonNullType(type));
  const list = given.map(({ name, type }) => `${name}: ${literalOf(type)}`).join(', ');
  const selection = isObjectType(getNamedType(field.type)) ? ' { __typename }' : '';
  return `${field.name}${list && `(${list})`}${selection}`;
}

function literalOf(type: GraphQLInputType): string {
  const named = getNamedType(type);
  const text = String(type);
  if (text.startsWith('[')) return `[${literalOf(named)}]`;
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    const needed = named.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
    return `{ ${needed.map((field) => `${field.name}: ${literalOf(field.type)}`).join(', ')} }`;
  }
  if ('getValues' in named) return named.getValues()[0]?.name ?? 'null';
  const values: Record<string, string> = { Float: '1', Boolean: 'true' };
  if (named.name.endsWith('Int')) return '1';
  return (
    values[named.name] ?? (named.name.startsWith('Date') ? '"2026-01-01T00:00:00Z"' : '"canary@example.test"')
  );
}
