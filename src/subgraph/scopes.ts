import { defaultFieldResolver, getNamedType, GraphQLError, isObjectType } from 'graphql';
import type {
  ConstDirectiveNode,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLNamedType,
  GraphQLSchema,
} from 'graphql';
import { Directive } from 'type-graphql';
import { hasScopes } from '../auth/scopes.js';
import { selectedFields } from './selected-fields.js';
import type { SubgraphCall } from './subgraph.js';

/** Declares, visibly in the SDL, the scope a caller needs for a field; `enforceScopes` acts on it. */
export function RequiresScope(scope: string): MethodDecorator & PropertyDecorator {
  return Directive(`@requiresScopes(scopes: [["${scope}"]])`);
}

/**
 * Makes every field that carries `@requiresScopes` refuse callers without them, subscriptions included. A mutation is
 * refused before it has done anything when its answer would have to hide a field that was asked for: what a provider
 * says only once would be lost.
 */
export function enforceScopes(schema: GraphQLSchema): void {
  for (const { field, directive } of guardedFields(schema)) {
    const anyOf = scopesOf(directive);
    field.resolve = guard(anyOf, field.resolve ?? defaultFieldResolver);
    if (field.subscribe) field.subscribe = guard(anyOf, field.subscribe);
  }
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    if (field.resolve) field.resolve = guardAnswer(schema, getNamedType(field.type), field.resolve);
  }
}

function guardAnswer(
  schema: GraphQLSchema,
  answer: GraphQLNamedType,
  next: GraphQLFieldResolver<unknown, SubgraphCall>,
): GraphQLFieldResolver<unknown, SubgraphCall> {
  return (source, args, context, info) => {
    for (const field of selectedFields(schema, answer, info)) {
      const directive = requirementOf(field);
      if (directive) requireScopes(context, scopesOf(directive));
    }
    return next(source, args, context, info);
  };
}

function guard(
  anyOf: string[][],
  next: GraphQLFieldResolver<unknown, SubgraphCall>,
): GraphQLFieldResolver<unknown, SubgraphCall> {
  return (source, args, context, info) => {
    requireScopes(context, anyOf);
    return next(source, args, context, info);
  };
}

/** @throws GraphQLError FORBIDDEN */
function requireScopes({ caller }: SubgraphCall, anyOf: string[][]): void {
  if (hasScopes(caller, anyOf)) return;
  throw new GraphQLError(`This needs the scope ${anyOf.map((all) => all.join(' and ')).join(', or ')}.`, {
    extensions: { code: 'FORBIDDEN' },
  });
}

function requirementOf(field: GraphQLField<unknown, SubgraphCall>): ConstDirectiveNode | undefined {
  return field.astNode?.directives?.find((node) => node.name.value === 'requiresScopes');
}

function scopesOf(directive: ConstDirectiveNode): string[][] {
  const value = directive.arguments?.find((argument) => argument.name.value === 'scopes')?.value;
  if (value?.kind !== 'ListValue') return [];
  return value.values.map((all) =>
    all.kind === 'ListValue'
      ? all.values.flatMap((one) => (one.kind === 'StringValue' ? [one.value] : []))
      : [],
  );
}

/** Every scope that some field of the schema asks for. */
export function declaredScopes(schema: GraphQLSchema): ReadonlySet<string> {
  const scopes = new Set<string>();
  for (const { directive } of guardedFields(schema)) {
    for (const scope of scopesOf(directive).flat()) scopes.add(scope);
  }
  return scopes;
}

function* guardedFields(
  schema: GraphQLSchema,
): Iterable<{ field: GraphQLField<unknown, SubgraphCall>; directive: ConstDirectiveNode }> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values<GraphQLField<unknown, SubgraphCall>>(type.getFields())) {
      const directive = requirementOf(field);
      if (directive) yield { field, directive };
    }
  }
}
