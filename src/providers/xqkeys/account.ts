import type { Access } from './access.js';
import type { CallOptions } from '../kit/call-options.js';
import { notUnderstood } from '../kit/parse.js';
import type { Api, Bearer } from './api.js';
import { PROVIDER } from './errors.js';
import type { ApiKeyInfo, Settings, Subscriber } from './wire/account.js';

/** The application's key, and what belongs to the user behind a session. */
export interface AccountCalls {
  /** @throws ProviderError PROVIDER_UNAUTHENTICATED when the key is not good (validate_api_key) */
  apiKey(options?: CallOptions): Promise<ApiKeyInfo>;
  settings(access: Bearer): Promise<Settings>;
  updateSettings(access: Access, change: { newsletter?: boolean; notifications?: number }): Promise<void>;
  subscriber(access: Access): Promise<Subscriber>;
  /** Deletes the account and ends its tokens everywhere. */
  deleteSubscriber(access: Access): Promise<void>;
  /** One token that may read for all of these users and the caller, for a short time (combined). */
  combine(access: Access, tokens: readonly string[]): Promise<{ token: string; merged: number }>;
  /** Random bits from the quantum service, as a text of 0 and 1. */
  entropyBits(bits: number, options?: CallOptions): Promise<string>;
  /** The same as lower-case hexadecimal digits, four bits each. */
  entropyHex(bits: number, options?: CallOptions): Promise<string>;
}

export function accountCalls(api: Api): AccountCalls {
  return {
    apiKey: (options = {}) => api(options, 'validate_api_key'),
    settings: (access) => api(access, 'get_settings'),
    updateSettings: (access, json) => api(access, 'update_settings', { json }),
    subscriber: (access) => api(access, 'get_subscriber'),
    deleteSubscriber: (access) => api(access, 'delete_subscriber'),
    combine: (access, tokens) => api(access, 'combined', { json: { tokens } }),
    async entropyBits(bits, options = {}) {
      const entropy = await api(options, 'get_entropy_bits', { query: { ks: bits, raw: 1 } });
      return requireLength(entropy, bits);
    },
    async entropyHex(bits, options = {}) {
      const entropy = await api(options, 'get_entropy', { query: { ks: bits, raw: 0 } });
      return requireLength(entropy, Math.ceil(bits / 4));
    },
  };
}

function requireLength(entropy: string, length: number): string {
  if (entropy.length === length) return entropy;
  throw notUnderstood(
    { provider: PROVIDER, operation: 'get_entropy', kind: 'read' },
    'there is more or less than was asked for',
  );
}
