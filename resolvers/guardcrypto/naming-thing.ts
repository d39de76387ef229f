import { ProviderError } from '../../src/provider-error.js';

const OF_THING: ReadonlySet<string> = new Set(['NOT_FOUND', 'INVALID_INPUT']);

/** Says of what the provider does not find, or refuses without a word on what it is, by which field it was named. */
export async function namingThing<Result>(
  path: readonly string[],
  effect: () => Promise<Result>,
): Promise<Result> {
  try {
    return await effect();
  } catch (error) {
    const isOfThing = error instanceof ProviderError && error.provider && OF_THING.has(error.code);
    throw isOfThing && error.path === undefined ? error.with({ path }) : error;
  }
}
