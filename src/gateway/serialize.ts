import type { GraphQLError } from 'graphql';
import { toWire } from './errors.js';

/** A result of any executor. */
export interface SerializableResult {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[] | undefined;
}

const serialized = new WeakMap<SerializableResult, string>();

/** JSON of a result as clients get it. Made once, however many readers share the result. */
export function serialize(result: SerializableResult): string {
  let json = serialized.get(result);
  if (json === undefined) {
    json = JSON.stringify(result.errors ? { ...result, errors: result.errors.map(toWire) } : result);
    serialized.set(result, json);
  }
  return json;
}
