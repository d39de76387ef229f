import type { WatchKind } from '../../live/watch-kind.js';
import { ProviderError } from '../../provider-error.js';
import type { VipClient } from './client.js';
import type { UserInfo } from './model.js';

/** What the provider knows a user by. A type, not an interface, so that it counts as JSON. */
export type UserKey = {
  /** In lower case: the provider looks users up without regard to it. */
  readonly userId: string;
  readonly onBehalfOfAccountId: string | null;
  /** A watch that has ended stays so; one that begins anew is told apart by when the one before ended, 0 for the first. */
  readonly endedBefore: number;
};

export type UserState = UserInfo;

/** What is different now: names of fields, and for a credential its type and id. */
export type UserChange = { readonly what: string; readonly from: string | null; readonly to: string | null };

const POLL_MS = 30_000;

/** One user with status, PIN and credentials, while somebody is subscribed (dossier section 5.2). */
export const userWatch: WatchKind<UserKey, UserState, VipClient> = {
  name: 'vipidentity.user',
  provider: 'vipidentity',

  async read(client, keys) {
    const [key] = keys;
    if (key === undefined) return [];
    const { userId, onBehalfOfAccountId } = key;
    try {
      return [{ state: await client.getUser(userId, {}, { onBehalfOfAccountId }) }];
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'NOT_FOUND') return [{ end: 'NOT_FOUND' }];
      throw error;
    }
  },

  merge: (_previous, observed) => observed,

  isTerminal: () => false,

  pollDelayMs: () => POLL_MS,

  describe(previous, next) {
    if (!previous) return [];
    const before = facts(previous);
    const after = facts(next);
    return [...new Set([...before.keys(), ...after.keys()])]
      .map((what): UserChange => ({ what, from: before.get(what) ?? null, to: after.get(what) ?? null }))
      .filter(({ from, to }) => from !== to);
  },
};

/** What of a user can change, as texts to compare. */
function facts(user: UserState): ReadonlyMap<string, string> {
  return new Map([
    ['status', user.status],
    ['isPinSet', String(user.isPinSet)],
    ['hasTemporaryPassword', String(user.hasTemporaryPassword)],
    ...user.credentials.flatMap(({ credentialType, credentialId, status, binding }) => {
      const name = `${credentialType} ${credentialId}`;
      const facts: [string, string][] = [
        [`${name} status`, status ?? 'UNKNOWN'],
        [`${name} binding`, binding.status],
      ];
      if (binding.friendlyName !== null) facts.push([`${name} friendlyName`, binding.friendlyName]);
      if (binding.lastAuthenticationId !== null) {
        facts.push([`${name} lastAuthentication`, binding.lastAuthenticationId]);
      }
      return facts;
    }),
  ]);
}
