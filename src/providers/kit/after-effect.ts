import { ProviderError } from '../../provider-error.js';

/**
 * Does what must follow an effect at a provider, such as remembering it. When that fails, the effect stands all the
 * same, so the failure must not look like one after which the call may be repeated.
 * @throws ProviderError OUTCOME_UNKNOWN
 */
export async function afterEffect<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new ProviderError('OUTCOME_UNKNOWN', { cause });
  }
}
