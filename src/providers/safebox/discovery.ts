import type { HttpClient } from '../kit/http-client.js';
import { below, withinOrigins } from '../kit/origins.js';
import { fromAnswer } from './errors.js';

/** The two hosts of an account, as the portal names them; without a slash at the end. */
export interface Discovery {
  portal(): Promise<string>;
  server(): Promise<string>;
}

export interface DiscoveryOptions {
  readonly http: HttpClient;
  readonly account: string;
  /** Origins the answers must lie within. */
  readonly origins: readonly string[];
}

/** Asks once for each host and keeps the answer as long as it lives (dossier section 1); a failure is asked again. */
export function createDiscovery({ http, account, origins }: DiscoveryOptions): Discovery {
  const ask = async (operation: string, path: string): Promise<string> => {
    const response = await http.request({
      operation,
      kind: 'read',
      method: 'GET',
      path: `/services/${encodeURIComponent(account)}/${path}`,
      headers: { accept: 'text/plain' },
    });
    if (response.status !== 200) throw fromAnswer(response, { kind: 'read' });
    return below(withinOrigins(response.text().trim(), origins).href, '');
  };
  return {
    portal: kept(() => ask('portalHost', 'portal/host')),
    server: kept(() => ask('serverUrl', 'sendsecure/server/url')),
  };
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
