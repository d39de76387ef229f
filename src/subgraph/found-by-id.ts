import type { GraphQLResolveInfo } from 'graphql';
import { ProviderError } from '../provider-error.js';
import type { ReferenceResolver } from './federate.js';
import { namesIn } from './global-id.js';

/** Finds objects of one type, all at once, by what stands in their ids; null for one that there is not. */
export type FindByNames<Context> = (
  ids: readonly (readonly string[])[],
  context: Context,
  info: GraphQLResolveInfo,
) => Promise<readonly unknown[]> | readonly unknown[];

/**
 * A reference resolver of entities that are found by `id`: null for an id that is none of this type. What no object
 * could be called is nobody's name, so it is unknown like any other.
 */
export function foundById<Context>(type: string, find: FindByNames<Context>): ReferenceResolver<Context> {
  return async (representations, context, info) => {
    const names = representations.map(({ id }) => namesIn(type, String(id)));
    const known = names.filter((one) => one !== null);
    const found = await foundOf(known, async (some) => find(some, context, info));
    return names.map((one) => (one ? found.shift() : null));
  };
}

/** What nothing can be called: by its form, or because it is longer than any name. */
const NO_NAME: ReadonlySet<string> = new Set(['INVALID_INPUT', 'TOO_LARGE']);

async function foundOf(
  known: readonly (readonly string[])[],
  find: (some: readonly (readonly string[])[]) => Promise<readonly unknown[]>,
): Promise<unknown[]> {
  if (known.length === 0) return [];
  try {
    return [...(await find(known))];
  } catch (error) {
    if (!(error instanceof ProviderError) || !NO_NAME.has(error.code)) throw error;
    if (known.length === 1) return [null];
    // One of them may be at fault; the others are what they are.
    return (await Promise.all(known.map((one) => foundOf([one], find)))).flat();
  }
}
