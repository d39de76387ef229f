import type { CallOptions } from '../kit/call-options.js';
import type { Api } from './api.js';
import { requireDone } from './words.js';

/** Whose keys: by address, or by ids. */
export type SupportedUser =
  | { readonly email: string; readonly userId?: never; readonly contextId?: never }
  | { readonly userId: number; readonly contextId: number; readonly email?: never };

/** What administrators do for users, by way of the support API (dossier 2.8). */
export interface SupportCalls {
  /** S/MIME keys are gone for good; PGP keys go to a backup. */
  deleteKeys(user: SupportedUser, options?: CallOptions): Promise<void>;
  /** @returns a URL from which whoever has it downloads the deleted keys for some time. Secret. */
  exposeKey(email: string, contextId: number, options?: CallOptions): Promise<string>;
}

export function supportCalls(api: Api): SupportCalls {
  return {
    async deleteKeys({ userId: user_id, contextId: cid, email }, options) {
      requireDone(await api.call('deleteUserKeys', null, { user_id, cid, email }, options));
    },
    async exposeKey(email, cid, options) {
      const answer = await api.call('exposeKey', null, { email, cid }, options);
      const url = answer.text();
      if (url !== null && /^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
      throw answer.notUnderstood('it is no URL');
    },
  };
}
