import { ProviderError } from '../../provider-error.js';
import type { ProblemCode } from '../../provider-error.js';
import type { HttpClient } from './http-client.js';

/** A question that changes nothing, by which whoever checks a configuration learns whether a provider can be used. */
export interface Probe {
  /** What is asked, as the provider calls it. */
  readonly what: string;
  /** The setting that says where it is asked. */
  readonly address: string;
  /** The setting by which we are let in; undefined: anybody is. */
  readonly credential?: string;
  /** The setting that names the authorities to trust. */
  readonly authorities: string;
  /**
   * Asks. Answers the provider's time, milliseconds since the epoch, where it tells that.
   * @throws ProviderError when it cannot be used so; ConfigError when a setting does not fit what it says
   */
  ask(): Promise<number | undefined>;
}

/**
 * Waits for an answer of whatever content, or for a refusal that only the provider itself gives.
 * @throws ProviderError what else came; PROVIDER_PROTOCOL for a refusal that any server could have given
 */
export async function answeredOr(
  answer: Promise<unknown>,
  ...refusals: readonly ProblemCode[]
): Promise<undefined> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.providerCode === 'HTTP_404') throw new ProviderError('PROVIDER_PROTOCOL', { cause: error });
    if (!refusals.includes(error.code)) throw error;
  }
  return undefined;
}

/**
 * Sees whether there is a server that takes us at an address where nothing harmless can be asked for.
 * @throws ProviderError when there is none, or when it knows nothing by that path
 */
export async function reach(http: HttpClient, url: string): Promise<undefined> {
  const { status } = await http.request({ operation: 'probe', kind: 'read', method: 'GET', url });
  if (status === 404) throw new ProviderError('PROVIDER_PROTOCOL', { providerCode: 'HTTP_404' });
  return undefined;
}
