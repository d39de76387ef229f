import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { GraphQLField, GraphQLFieldMap, GraphQLSchema } from 'graphql';
import { Extensions } from 'type-graphql';
import { ProviderError } from '../provider-error.js';
import type { ReferenceResolver } from './federate.js';
import { refused } from './problem.type.js';

/** What every subgraph answers by itself, whatever becomes of its provider. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  Query: ['person', 'viewer', '_service', '_entities'],
  Person: ['id', 'email'],
  Viewer: ['id', 'subject', 'tenant', 'scopes'],
};

type Field = GraphQLField<unknown, unknown>;

const LOCAL = 'needsNoProvider';

/** Declares that a field of a root type is answered here alone, so that it is whatever is configured. */
export function NeedsNoProvider(): MethodDecorator & PropertyDecorator {
  return Extensions({ [LOCAL]: true });
}

function notConfigured(provider: string): ProviderError {
  return new ProviderError('NOT_CONFIGURED', { provider });
}

/** Whether there is no provider for whoever asks, by the context of the call. */
type IsAbsent = (context: unknown) => boolean;

/**
 * Makes a subgraph answer NOT_CONFIGURED wherever it would ask a provider that is absent, so that the graph is the same
 * whatever is configured: a `problem` where the answer can hold one, else null; the end of what is followed.
 */
export function withoutProvider(schema: GraphQLSchema, provider: string, isAbsent: IsAbsent): void {
  const refuse = (): never => {
    throw notConfigured(provider);
  };
  // Two fields may answer with the same.
  const plain = new Set<Field>();
  for (const [type, own] of Object.entries({ ...OWN, Mutation: [] as string[] })) {
    for (const field of Object.values(fieldsOf(schema, type))) {
      if (own.includes(field.name) || field.extensions[LOCAL] === true) continue;
      const payload = fieldsOf(schema, getNamedType(field.type).name);
      const canSay = 'problem' in payload;
      instead(field, isAbsent, canSay ? () => refused(notConfigured(provider)) : refuse);
      if (canSay) for (const part of Object.values(payload)) plain.add(part);
    }
  }
  for (const part of plain) instead(part, isAbsent, plainly(part));
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const { subscribe } = field;
    field.subscribe = (source, args, context, info) =>
      isAbsent(context) ? refuse() : subscribe?.(source, args, context, info);
  }
}

/** Entities of a provider that may be absent. */
export function referencesOf<Context>(
  provider: string,
  find: ReferenceResolver<Context>,
  isAbsent: IsAbsent,
): ReferenceResolver<Context> {
  return (representations, context, info) => {
    if (isAbsent(context)) throw notConfigured(provider);
    return find(representations, context, info);
  };
}

function instead(field: Field, isAbsent: IsAbsent, resolve: (source: unknown) => unknown): void {
  const usual = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) =>
    isAbsent(context) ? resolve(source) : usual(source, args, context, info);
}

/** A part of a payload as the payload says, or nothing. */
function plainly({ name, type }: Field): (payload: unknown) => unknown {
  const nothing = !isNonNullType(type) ? null : isListType(getNullableType(type)) ? [] : false;
  return (payload) =>
    new Map<string, unknown>(Object.entries(Object(payload) as object)).get(name) ?? nothing;
}

function fieldsOf(schema: GraphQLSchema, type: string): GraphQLFieldMap<unknown, unknown> {
  const found = schema.getType(type);
  return isObjectType(found) ? found.getFields() : {};
}
