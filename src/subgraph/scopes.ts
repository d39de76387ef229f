import { defaultFieldResolver, getNamedType, GraphQLError, isObjectType } from 'graphql';
import type {
  ConstDirectiveNode,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
} from 'graphql';
import { Directive } from 'type-graphql';
import { hasScopes } from '../auth/scopes.js';
import { auditDenial, type AuditedCall } from './audit.js';
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
 * Entities are found by their key only for those who may read them through a field of `Query`, whoever asks.
 */
export function enforceScopes(schema: GraphQLSchema): void {
  for (const { field, directive } of guardedFields(schema)) {
    const anyOf = scopesOf(directive);
    field.resolve = guard(() => [anyOf], field.resolve ?? defaultFieldResolver);
    if (field.subscribe) field.subscribe = guard(() => [anyOf], field.subscribe);
  }
  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities?.resolve) entities.resolve = guard(scopesOfEntities(schema), entities.resolve);
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
      if (directive) requireScopes(context, scopesOf(directive), args, info);
    }
    return next(source, args, context, info);
  };
}

type Arguments = Readonly<Record<string, unknown>>;
/** Lists of scopes; all scopes of one of the lists are needed. */
type AnyOf = readonly (readonly string[])[];

/** @param needs what is needed for a call with these arguments: each of them */
function guard(
  needs: (args: Arguments) => Iterable<AnyOf>,
  next: GraphQLFieldResolver<unknown, SubgraphCall>,
): GraphQLFieldResolver<unknown, SubgraphCall> {
  return (source, args: Arguments, context, info) => {
    for (const anyOf of needs(args)) requireScopes(context, anyOf, args, info);
    return next(source, args, context, info);
  };
}

/** For each type among the representations: what the fields of `Query` with that type need, if all of them need something. */
function scopesOfEntities(schema: GraphQLSchema): (args: Arguments) => Iterable<AnyOf> {
  const needed = new Map<string, AnyOf>();
  const open = new Set<string>();
  for (const field of Object.values<GraphQLField<unknown, SubgraphCall>>(
    schema.getQueryType()?.getFields() ?? {},
  )) {
    const type = getNamedType(field.type).name;
    const directive = requirementOf(field);
    if (directive) needed.set(type, [...(needed.get(type) ?? []), ...scopesOf(directive)]);
    else open.add(type);
  }
  for (const type of open) needed.delete(type);
  return ({ representations }) =>
    (Array.isArray(representations) ? representations : []).flatMap((representation: unknown) => {
      const anyOf = needed.get(typenameOf(representation) ?? '');
      return anyOf ? [anyOf] : [];
    });
}

function typenameOf(representation: unknown): string | undefined {
  if (typeof representation !== 'object' || representation === null) return undefined;
  return '__typename' in representation && typeof representation.__typename === 'string'
    ? representation.__typename
    : undefined;
}

/** @throws GraphQLError FORBIDDEN */
function requireScopes(call: AuditedCall, anyOf: AnyOf, args: unknown, info: GraphQLResolveInfo): void {
  if (hasScopes(call.caller, anyOf)) return;
  auditDenial(call, args, info);
  throw new GraphQLError(`This needs the scope ${anyOf.map((all) => all.join(' and ')).join(', or ')}.`, {
    extensions: { code: 'FORBIDDEN' },
  });
}

function requirementOf(field: GraphQLField<unknown, SubgraphCall>): ConstDirectiveNode | undefined {
  return field.astNode?.directives?.find((node) => node.name.value === 'requiresScopes');
}

/** Lists of scopes; all scopes of one of the lists are needed. */
export function scopesOf(directive: ConstDirectiveNode): string[][] {
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

interface GuardedField {
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, SubgraphCall>;
  readonly directive: ConstDirectiveNode;
}

/** Every field that carries `@requiresScopes`. */
export function* guardedFields(schema: GraphQLSchema): Iterable<GuardedField> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values<GraphQLField<unknown, SubgraphCall>>(type.getFields())) {
      const directive = requirementOf(field);
      if (directive) yield { type, field, directive };
    }
  }
}
