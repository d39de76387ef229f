import { getNamedType, getNullableType, isListType, isNonNullType, isObjectType } from 'graphql';
import type { GraphQLField, GraphQLFieldMap, GraphQLSchema } from 'graphql';
import { ProviderError } from '../provider-error.js';
import type { ReferenceResolver } from './federate.js';
import { refused } from './problem.type.js';

/** What every subgraph answers by itself, whatever becomes of its provider. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  Query: ['person', 'viewer', '_service', '_entities'],
  Person: ['id', 'email'],
  Viewer: ['id', 'subject', 'tenant', 'scopes'],
};

function notConfigured(provider: string): ProviderError {
  return new ProviderError('NOT_CONFIGURED', { provider });
}

/**
 * Makes a subgraph answer NOT_CONFIGURED wherever it would ask its provider, so that the graph is the same whatever is
 * configured: a `problem` where the answer can hold one, else null; the end of what is followed.
 */
export function withoutProvider(schema: GraphQLSchema, provider: string): void {
  const refuse = (): never => {
    throw notConfigured(provider);
  };
  for (const [type, own] of Object.entries({ ...OWN, Mutation: [] as string[] })) {
    for (const field of Object.values(fieldsOf(schema, type))) {
      if (own.includes(field.name)) continue;
      const payload = fieldsOf(schema, getNamedType(field.type).name);
      const canSay = 'problem' in payload;
      field.resolve = canSay ? () => refused(notConfigured(provider)) : refuse;
      if (canSay) for (const part of Object.values(payload)) answerPlainly(part);
    }
  }
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {}))
    field.subscribe = refuse;
}

/** Entities of a provider that is not configured. */
export function unknownReferences(provider: string): ReferenceResolver<unknown> {
  return () => {
    throw notConfigured(provider);
  };
}

/** Makes a part of a payload what the payload says, or nothing. */
function answerPlainly(field: GraphQLField<unknown, unknown>): void {
  const { name, type } = field;
  const nothing = !isNonNullType(type) ? null : isListType(getNullableType(type)) ? [] : false;
  field.resolve = (payload) => new Map(Object.entries(Object(payload) as object)).get(name) ?? nothing;
}

function fieldsOf(schema: GraphQLSchema, type: string): GraphQLFieldMap<unknown, unknown> {
  const found = schema.getType(type);
  return isObjectType(found) ? found.getFields() : {};
}
