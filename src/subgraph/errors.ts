import { defaultFieldResolver, GraphQLError, isObjectType } from 'graphql';
import { isAsyncIterable } from '@graphql-tools/utils';
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { passedOn } from '../passed-on.js';
import { ProviderError } from '../provider-error.js';

/** Makes every resolver answer a `ProviderError` as a GraphQL error whose `extensions.code` is the problem code. */
export function translateErrors(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.subscribe) {
        field.subscribe = toLastEvent(translated(field.subscribe));
        field.resolve = ofLastEvent(field.resolve ?? defaultFieldResolver);
      }
      if (field.resolve) field.resolve = translated(field.resolve);
    }
  }
}

type Resolve = GraphQLFieldResolver<unknown, unknown>;

function translated(next: Resolve): Resolve {
  return (source, args, context, info) => {
    try {
      const result: unknown = next(source, args, context, info);
      return result instanceof Promise ? result.catch(rethrow) : result;
    } catch (error) {
      return rethrow(error);
    }
  };
}

/** What a stream of events has failed with. */
class StreamFailure {
  constructor(readonly error: unknown) {}
}

/** A stream that fails has one event more, which is the error: so it is told the same way over every transport. */
function toLastEvent(subscribe: Resolve): Resolve {
  return async (...args) => {
    const events: unknown = await subscribe(...args);
    return isAsyncIterable(events) ? failingLast(events[Symbol.asyncIterator]()) : events;
  };
}

function failingLast(events: AsyncIterator<unknown>): AsyncIterableIterator<unknown> {
  let hasFailed = false;
  return passedOn(events, async (): Promise<IteratorResult<unknown>> => {
    if (hasFailed) return { done: true, value: undefined };
    try {
      return await events.next();
    } catch (error) {
      hasFailed = true;
      return { done: false, value: new StreamFailure(error) };
    }
  });
}

function ofLastEvent(resolve: Resolve): Resolve {
  return (source, ...rest) => {
    if (source instanceof StreamFailure) throw source.error;
    return resolve(source, ...rest);
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
      isRetryable: error.isRetryable,
      ...(error.provider && { provider: error.provider }),
      ...(error.reason && { reason: error.reason }),
      ...(error.providerCode && { providerCode: error.providerCode }),
      ...(error.path && { input: error.path }),
      ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    },
  });
}
