import { ProviderError } from '../../src/provider-error.js';

/** What the provider does not know is null rather than an error. */
export async function orNullWhenMissing<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
