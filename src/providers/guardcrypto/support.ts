import { ProviderError } from '../../provider-error.js';
import type { Api } from './api.js';
import { PROVIDER } from './errors.js';
import { requireDone } from './words.js';

/** Whose keys: by address, or by ids. */
export type SupportedUser =
  | { readonly email: string; readonly userId?: never; readonly contextId?: never }
  | { readonly userId: number; readonly contextId: number; readonly email?: never };

/** What administrators do for users, by way of the support API (dossier 2.8). */
export interface SupportCalls {
  /** S/MIME keys are gone for good; PGP keys go to a backup. */
  deleteKeys(user: SupportedUser): Promise<void>;
  /** @returns a URL from which whoever has it downloads the deleted keys for some time. Secret. */
  exposeKey(email: string, contextId: number): Promise<string>;
}

export function supportCalls(api: Api): SupportCalls {
  return {
    async deleteKeys({ userId: user_id, contextId: cid, email }) {
      requireDone(await api.call('deleteUserKeys', null, { user_id, cid, email }));
    },
    async exposeKey(email, cid) {
      const url = (await api.call('exposeKey', null, { email, cid })).text();
      if (url !== null && /^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
      throw new ProviderError('PROVIDER_PROTOCOL', { provider: PROVIDER });
    },
  };
}
