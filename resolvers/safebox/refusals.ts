import { ProviderError, StoreUnavailableError } from '../../src/provider-error.js';
import { PROVIDER } from '../../src/providers/safebox/errors.js';

/** What the provider says of a SafeBox that is unknown, and of one that is somebody else's. */
export function isInvisible(error: unknown): error is ProviderError {
  return error instanceof ProviderError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN');
}

/**
 * Steps of a command before the one that counts: what they look up changes nothing, and what they make vanishes by itself.
 * So nothing has happened when one of them fails, however it fails, and the whole can be tried again.
 */
export async function beforehand<Result>(steps: () => Promise<Result>): Promise<Result> {
  try {
    return await steps();
  } catch (error) {
    if (error instanceof StoreUnavailableError)
      throw new ProviderError('STORE_UNAVAILABLE', { cause: error });
    if (!(error instanceof ProviderError) || !LOST.has(error.code)) throw error;
    throw new ProviderError('PROVIDER_UNAVAILABLE', { provider: PROVIDER, cause: error });
  }
}

const LOST: ReadonlySet<string> = new Set(['OUTCOME_UNKNOWN', 'PROVIDER_TIMEOUT']);

/** Says of what the outcome is unknown, when it is. */
export async function naming<Result>(reference: string, effect: () => Promise<Result>): Promise<Result> {
  try {
    return await effect();
  } catch (error) {
    throw error instanceof ProviderError && error.code === 'OUTCOME_UNKNOWN'
      ? error.with({ reference })
      : error;
  }
}

/** Names the field that the provider refuses as the caller's input does. @param toPath from the provider's name for it */
export async function renaming<Result>(
  toPath: (field: string) => readonly string[] | undefined,
  effect: () => Promise<Result>,
): Promise<Result> {
  try {
    return await effect();
  } catch (error) {
    throw error instanceof ProviderError && error.provider ? renamed(error, toPath) : error;
  }
}

function renamed(
  error: ProviderError,
  toPath: (field: string) => readonly string[] | undefined,
): ProviderError {
  const [field] = error.path ?? [];
  if (field === undefined) return error;
  return error.with({ path: toPath(field), others: error.others.map((other) => renamed(other, toPath)) });
}

/** Names the SafeBox, which is `id` in every call about one, as the caller's input does. */
export async function calling<Result>(field: string, effect: () => Promise<Result>): Promise<Result> {
  try {
    return await effect();
  } catch (error) {
    if (!(error instanceof ProviderError) || error.path?.length !== 1 || error.path[0] !== 'id') throw error;
    throw error.with({ path: [field] });
  }
}

/** How the caller's input calls a thing, and what is looked for within it. */
export interface Located {
  readonly outer: string;
  readonly inner?: string | undefined;
}

/**
 * Says what is not there. The provider does not: when the outer thing can be seen, it is the inner one.
 * @param look reads the outer thing
 */
export async function locating<Result>(
  { outer, inner }: Located,
  look: () => Promise<unknown>,
  change: () => Promise<Result>,
): Promise<Result> {
  try {
    return await change();
  } catch (error) {
    if (!isInvisible(error) || error.path !== undefined) throw error;
    const isVisible = await look().then(
      () => true,
      (cause: unknown) => (isInvisible(cause) ? false : undefined),
    );
    if (isVisible === undefined) throw error;
    if (!isVisible) throw new ProviderError('NOT_FOUND', { provider: PROVIDER, path: [outer], cause: error });
    throw inner !== undefined && error.code === 'NOT_FOUND' ? error.with({ path: [inner] }) : error;
  }
}
