import { ProviderError } from '../../provider-error.js';
import { below, withinOrigins } from '../kit/origins.js';
import { PROVIDER } from './errors.js';

/** The two hosts of an account, as the portal names them; without a slash at the end. */
export interface Discovery {
  portal(): Promise<string>;
  server(): Promise<string>;
  /** Both as they are named now, wherever they are. */
  named(): Promise<readonly string[]>;
}

/**
 * Asks once for each host and keeps the answer as long as it lives (dossier section 1); a failure is asked again.
 * @param origins what the answers must lie within
 */
export function createDiscovery(
  ask: (operation: 'portalHost' | 'serverUrl') => Promise<string>,
  origins: readonly string[],
): Discovery {
  const host = async (operation: 'portalHost' | 'serverUrl'): Promise<string> =>
    below(withinConfigured(await ask(operation), origins).href, '');
  return {
    portal: kept(() => host('portalHost')),
    server: kept(() => host('serverUrl')),
    named: () => Promise.all([ask('portalHost'), ask('serverUrl')]),
  };
}

// The log names what is missing; a caller learns nothing of it.
function withinConfigured(url: string, origins: readonly string[]): URL {
  try {
    return withinOrigins(url, origins);
  } catch {
    const cause = new Error(
      `the portal names ${URL.parse(url)?.origin ?? 'no URL'}, which is not among SAFEBOX_SERVER_ORIGINS`,
    );
    throw new ProviderError('PROVIDER_PROTOCOL', { provider: PROVIDER, cause });
  }
}

function kept<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | undefined;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
