import { below, withinOrigins } from '../kit/origins.js';

/** The two hosts of an account, as the portal names them; without a slash at the end. */
export interface Discovery {
  portal(): Promise<string>;
  server(): Promise<string>;
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
    below(withinOrigins(await ask(operation), origins).href, '');
  return { portal: kept(() => host('portalHost')), server: kept(() => host('serverUrl')) };
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
