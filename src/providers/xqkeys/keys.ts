import type { Access } from './access.js';
import { notUnderstood } from '../kit/parse.js';
import type { Api, Bearer } from './api.js';
import { PROVIDER } from './errors.js';

/** Keys at the validation service, by locator. */
export interface KeyCalls {
  /** The key, exactly as stored (get_packet). Shows in the event log, and uses up a key that is deleted on receipt. */
  fetch(access: Bearer, locator: string): Promise<string>;
  /** Several, by locator; those that cannot be read are left out (get_packets). */
  fetchMany(access: Access, locators: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Seconds until it expires, 0 when it has; neither reads nor uses up the key (CheckKeyExpiration). */
  expiresInSeconds(access: Access, locator: string): Promise<number>;
  /** Lets further people read it (grant_users). */
  grant(access: Access, locator: string, recipients: readonly string[]): Promise<void>;
  /** Takes that back (revoke_users). */
  revokeUsers(access: Access, locator: string, recipients: readonly string[]): Promise<void>;
  /** Ends a key for everybody, for good (revoke_packet). */
  revoke(access: Access, locator: string): Promise<void>;
  /** Ends several in one call. */
  revokeMany(access: Access, locators: readonly string[]): Promise<void>;
}

export function keyCalls(api: Api): KeyCalls {
  return {
    fetch: (access, locator) => api(access, 'get_packet', { path: { locator } }),
    async fetchMany(access, locators) {
      const { exported } = await api(access, 'get_packets', { json: locators });
      const found = new Map(exported.flatMap((element) => Object.entries(element)));
      const isAsked = [...found.keys()].every((locator) => locators.includes(locator));
      if (isAsked) return found;
      throw notUnderstood(
        { provider: PROVIDER, operation: 'get_packets', kind: 'write' },
        'there are keys that were not asked for',
      );
    },
    async expiresInSeconds(access, locator) {
      return Math.max(0, (await api(access, 'CheckKeyExpiration', { path: { locator } })).expiresOn);
    },
    grant: (access, locator, recipients) =>
      api(access, 'grant_users', { path: { locator }, json: { recipients } }),
    revokeUsers: (access, locator, recipients) =>
      api(access, 'revoke_users', { path: { locator }, json: { recipients } }),
    revoke: (access, locator) => api(access, 'revoke_packet', { path: { locator } }),
    revokeMany: (access, locators) => api(access, 'revoke_packets', { json: { tokens: locators } }),
  };
}
