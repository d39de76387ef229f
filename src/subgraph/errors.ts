import { GraphQLError, isObjectType } from 'graphql';
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { ProviderError } from '../provider-error.js';

/** Makes every resolver answer a `ProviderError` as a GraphQL error whose `extensions.code` is the problem code. */
export function translateErrors(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.resolve) field.resolve = translated(field.resolve);
      if (field.subscribe) field.subscribe = translated(field.subscribe);
    }
  }
}

function translated(next: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> {
  return (source, args, context, info) => {
    try {
      const result: unknown = next(source, args, context, info);
      return result instanceof Promise ? result.catch(rethrow) : result;
    } catch (error) {
      return rethrow(error);
    }
  };
}

function rethrow(error: unknown): never {
  throw error instanceof ProviderError ? toGraphQLError(error) : error;
}

/** The public face of a provider error: code, our sentence, and data; the cause stays behind for the log. */
export function toGraphQLError(error: ProviderError): GraphQLError {
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: {
      code: error.code,
      retryable: error.retryable,
      ...(error.provider && { provider: error.provider }),
      ...(error.providerCode && { providerCode: error.providerCode }),
      ...(error.path && { input: error.path }),
    },
  });
}
