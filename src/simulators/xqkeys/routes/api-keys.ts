import type { IncomingMessage } from 'node:http';
import type { ServiceName, ServiceRoute } from './call.js';

export type ApiKeyName = 'general' | 'dashboard';

/** The application's two keys, each of two UUIDs joined by a hyphen. */
export const API_KEYS: Readonly<Record<ApiKeyName, string>> = {
  general: '11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222',
  dashboard: '33333333-3333-4333-8333-333333333333-44444444-4444-4444-8444-444444444444',
};

/** Which keys are good now. */
export class ApiKeys {
  readonly #disabled = new Set<ApiKeyName>();

  setEnabled(name: ApiKeyName, enabled: boolean): void {
    if (enabled) this.#disabled.delete(name);
    else this.#disabled.add(name);
  }

  isGood(name: ApiKeyName, value: string | undefined): boolean {
    return value === API_KEYS[name] && !this.#disabled.has(name);
  }

  reset(): void {
    this.#disabled.clear();
  }
}

/** Whether the request brings a key that opens this operation of this service. */
export function apiKeyFits(
  { apiKeys }: { readonly apiKeys: ApiKeys },
  service: ServiceName,
  route: ServiceRoute,
  { headers }: IncomingMessage,
  query: URLSearchParams,
): boolean {
  const header = headers['api-key'];
  const value = typeof header === 'string' ? header : (query.get('api-key') ?? undefined);
  switch (service) {
    case 'quantum':
      return true;
    case 'subscription':
    case 'validation':
      return apiKeys.isGood('general', value);
    case 'dashboard':
      return (
        apiKeys.isGood('dashboard', value) ||
        (route.generalKeyToo === true && apiKeys.isGood('general', value))
      );
  }
}
