import { defaultFieldResolver, isObjectType, Kind } from 'graphql';
import type {
  ConstDirectiveNode,
  FieldDefinitionNode,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLSchema,
  TypeNode,
} from 'graphql';
import { Directive } from 'type-graphql';
import { z } from 'zod';
import type { Targets } from '../audit.js';
import { hasScopes } from '../auth/scopes.js';
import { auditDenial, type AuditedCall } from './audit.js';
import { FoundIds } from './audit-targets.js';
import { lacks, refusals } from './refusals.js';
import type { AnyOf } from './refusals.js';
import type { Field } from './selected-fields.js';
import type { SubgraphCall } from './subgraph.js';

/**
 * Declares, visibly in the SDL, the scope a caller needs for a field; `enforceScopes` acts on it.
 * @param anyOf one of them is enough
 */
export function RequiresScope(...anyOf: readonly string[]): MethodDecorator & PropertyDecorator {
  return Directive(`@requiresScopes(scopes: [${anyOf.map((scope) => `["${scope}"]`).join(', ')}])`);
}

/**
 * Makes every field that carries `@requiresScopes` refuse callers without them, subscriptions included. A mutation is
 * refused as a whole, with all its root fields, before any of them has done anything.
 * Entities are found by their key only for those who may read them through a field of `Query`, whoever asks.
 */
export function enforceScopes(schema: GraphQLSchema): void {
  const mutation = schema.getMutationType();
  for (const { type, field, directive } of guardedFields(schema)) {
    if (type === mutation) continue;
    const anyOf = scopesOf(directive);
    const isRoot = type === schema.getQueryType() || type === schema.getSubscriptionType();
    // What becomes of a root field leaves a record of its own.
    const denied: Denied = isRoot
      ? () => undefined
      : (call) => auditDenial(call, `${type.name}.${field.name}`, {});
    field.resolve = guard(() => [anyOf], field.resolve ?? defaultFieldResolver, denied);
    if (field.subscribe) field.subscribe = guard(() => [anyOf], field.subscribe, denied);
  }
  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities?.resolve)
    entities.resolve = guard(entityGuard(schema), entities.resolve, (call, { representations }) =>
      auditDenial(call, 'Query._entities', idsOf(representations)),
    );
  for (const field of Object.values(mutation?.getFields() ?? {})) {
    if (field.resolve) field.resolve = guardMutation(schema, field.resolve);
  }
}

function guardMutation(
  schema: GraphQLSchema,
  next: GraphQLFieldResolver<unknown, SubgraphCall>,
): GraphQLFieldResolver<unknown, SubgraphCall> {
  return (source, args, context, info) => {
    const refused = refusals(schema, info, neededBy, context.caller).get(String(info.path.key));
    if (refused) throw refused.error;
    return next(source, args, context, info);
  };
}

function neededBy(field: Field): AnyOf | undefined {
  const directive = requirementOf(field);
  return directive && scopesOf(directive);
}

type Arguments = Readonly<Record<string, unknown>>;
type Denied = (call: AuditedCall, args: Arguments) => void;

/**
 * @param needs what is needed for a call with these arguments: each of them
 * @param denied told of each call that is refused
 */
function guard(
  needs: (args: Arguments) => Iterable<AnyOf>,
  next: GraphQLFieldResolver<unknown, SubgraphCall>,
  denied: Denied,
): GraphQLFieldResolver<unknown, SubgraphCall> {
  return (source, args: Arguments, context, info) => {
    for (const anyOf of needs(args)) {
      if (hasScopes(context.caller, anyOf)) continue;
      denied(context, args);
      throw lacks(anyOf);
    }
    return next(source, args, context, info);
  };
}

/**
 * By the type of an entity what is needed to find it by its key: what the fields of `Query` with that type need, if all of
 * them need something.
 * @param fields of `Query`
 */
export function scopesOfEntities(fields: Iterable<FieldDefinitionNode>): ReadonlyMap<string, AnyOf> {
  const needed = new Map<string, AnyOf>();
  const open = new Set<string>();
  for (const field of fields) {
    const type = namedIn(field.type);
    const directive = requirementIn(field);
    if (directive) needed.set(type, [...(needed.get(type) ?? []), ...scopesOf(directive)]);
    else open.add(type);
  }
  for (const type of open) needed.delete(type);
  return needed;
}

/** The fields of `Query` of a subgraph as it declares them. */
export function queriesOf(schema: GraphQLSchema): readonly FieldDefinitionNode[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap(({ astNode }) => astNode ?? []);
}

function namedIn(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedIn(type.type);
}

function entityGuard(schema: GraphQLSchema): (args: Arguments) => Iterable<AnyOf> {
  const needed = scopesOfEntities(queriesOf(schema));
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

const named = z.array(z.object({ id: z.string() }).or(z.unknown().transform(() => ({ id: '' }))));

function idsOf(representations: unknown): Targets {
  const ids = new FoundIds();
  for (const { id } of named.safeParse(representations).data ?? []) ids.add('id', id);
  return ids.toTargets();
}

function requirementOf({ astNode }: GraphQLField<unknown, SubgraphCall>): ConstDirectiveNode | undefined {
  return astNode ? requirementIn(astNode) : undefined;
}

/** The `@requiresScopes` of a field, if it carries one. */
export function requirementIn({ directives }: FieldDefinitionNode): ConstDirectiveNode | undefined {
  return directives?.find((node) => node.name.value === 'requiresScopes');
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
