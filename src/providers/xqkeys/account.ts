import type { Access } from './access.js';
import type { Api, ApiCall } from './api.js';
import { apiKeyInfo, combinedToken, settings, subscriber } from './wire/account.js';
import type { ApiKeyInfo, Settings, Subscriber } from './wire/account.js';

/** The application's key, and what belongs to the user behind a session. */
export interface AccountCalls {
  /** @throws ProviderError PROVIDER_UNAUTHENTICATED when the key is not good (validate_api_key) */
  apiKey(): Promise<ApiKeyInfo>;
  settings(access: Pick<Access, 'token'>): Promise<Settings>;
  updateSettings(access: Access, change: { newsletter?: boolean; notifications?: number }): Promise<void>;
  subscriber(access: Access): Promise<Subscriber>;
  /** Deletes the account and ends its tokens everywhere. */
  deleteSubscriber(access: Access): Promise<void>;
  /** One token that may read for all of these users and the caller, for a short time (combined). */
  combine(access: Access, tokens: readonly string[]): Promise<{ token: string; merged: number }>;
  /** Random bits from the quantum service, as a text of 0 and 1. */
  entropyBits(bits: number): Promise<string>;
  /** The same as lower-case hexadecimal digits, four bits each. */
  entropyHex(bits: number): Promise<string>;
}

export function accountCalls(api: Api): AccountCalls {
  const call = (
    token: string | null,
    rest: Pick<ApiCall, 'operation' | 'kind' | 'method' | 'path' | 'json'>,
  ): ApiCall => ({ ...rest, service: 'subscription', token });
  const entropy = (bits: number, raw: boolean): Promise<string> =>
    api.text({
      operation: 'get_entropy',
      service: 'quantum',
      kind: 'read',
      method: 'GET',
      path: [],
      query: { ks: bits, raw: raw ? 1 : 0 },
      token: null,
    });
  return {
    apiKey: () =>
      api.json(
        call(null, { operation: 'validate_api_key', kind: 'read', method: 'GET', path: ['apikey'] }),
        apiKeyInfo,
      ),
    settings: ({ token }) =>
      api.json(
        call(token, { operation: 'get_settings', kind: 'read', method: 'GET', path: ['settings'] }),
        settings,
      ),
    updateSettings: ({ token }, change) =>
      api.send(
        call(token, {
          operation: 'update_settings',
          kind: 'write',
          method: 'PATCH',
          path: ['settings'],
          json: change,
        }),
      ),
    subscriber: ({ token }) =>
      api.json(
        call(token, { operation: 'get_subscriber', kind: 'read', method: 'GET', path: ['subscriber'] }),
        subscriber,
      ),
    deleteSubscriber: ({ token }) =>
      api.send(
        call(token, {
          operation: 'delete_subscriber',
          kind: 'write',
          method: 'DELETE',
          path: ['subscriber'],
        }),
      ),
    combine: ({ token }, tokens) =>
      api.json(
        call(token, {
          operation: 'combined',
          kind: 'read',
          method: 'POST',
          path: ['combined'],
          json: { tokens },
        }),
        combinedToken,
      ),
    entropyBits: (bits) => entropy(bits, true),
    entropyHex: async (bits) => Buffer.from(await entropy(bits, false), 'base64').toString('latin1'),
  };
}
