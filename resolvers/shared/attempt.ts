import { ProviderError } from '../../src/provider-error.js';
import { Problem } from '../../src/subgraph/problem.type.js';

/**
 * Runs a mutation's work and answers its payload: an expected no becomes the `problem`,
 * anything else stays an error and is masked.
 */
export async function attempt<Payload extends object>(
  work: () => Promise<Payload>,
): Promise<Payload | { readonly problem: Problem }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderError) return { problem: new Problem(error) };
    throw error;
  }
}
