import type { Access } from './access.js';
import type { Api, ApiCall } from './api.js';
import type { Meanings } from './errors.js';
import { expiration, exportedKeys } from './wire/keys.js';

/** Keys at the validation service, by locator. */
export interface KeyCalls {
  /** The key, exactly as stored (get_packet). Shows in the event log, and uses up a key that is deleted on receipt. */
  fetch(access: Pick<Access, 'token'>, locator: string): Promise<string>;
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

const UNAVAILABLE = {
  code: 'NOT_FOUND',
  message: 'There is no such key, or it is no longer available.',
} as const;
const KEY_MEANINGS: Meanings = { 404: UNAVAILABLE, 410: UNAVAILABLE };
/** An expired key has no time left, which is an answer too. */
const EXPIRED: Meanings = { ...KEY_MEANINGS, 410: { code: 'ALREADY_COMPLETED' } };

export function keyCalls(api: Api): KeyCalls {
  const call = (
    access: Pick<Access, 'token'>,
    rest: Omit<ApiCall, 'service' | 'token' | 'kind'> & Partial<Pick<ApiCall, 'kind'>>,
  ): ApiCall => ({
    kind: 'write',
    meanings: KEY_MEANINGS,
    ...rest,
    service: 'validation',
    token: access.token,
  });
  return {
    fetch: (access, locator) =>
      api.raw(call(access, { operation: 'get_packet', method: 'GET', path: ['key', locator] })),
    async fetchMany(access, locators) {
      const { exported } = await api.json(
        call(access, { operation: 'get_packets', method: 'POST', path: ['keys'], json: locators }),
        exportedKeys,
      );
      return new Map(exported.flatMap((element) => Object.entries(element)));
    },
    async expiresInSeconds(access, locator) {
      const { expiresOn } = await api.json(
        call(access, {
          operation: 'CheckKeyExpiration',
          kind: 'read',
          method: 'GET',
          path: ['expiration', locator],
          meanings: EXPIRED,
        }),
        expiration,
      );
      return Math.max(0, expiresOn);
    },
    grant: (access, locator, recipients) =>
      api.send(
        call(access, {
          operation: 'grant_users',
          method: 'POST',
          path: ['grant', locator],
          json: { recipients },
        }),
      ),
    revokeUsers: (access, locator, recipients) =>
      api.send(
        call(access, {
          operation: 'revoke_users',
          method: 'PATCH',
          path: ['revoke', locator],
          json: { recipients },
        }),
      ),
    revoke: (access, locator) =>
      api.send(call(access, { operation: 'revoke_packet', method: 'DELETE', path: ['key', locator] })),
    revokeMany: (access, locators) =>
      api.send(
        call(access, {
          operation: 'revoke_packets',
          method: 'DELETE',
          path: ['key'],
          json: { tokens: locators },
        }),
      ),
  };
}
