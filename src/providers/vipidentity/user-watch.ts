import type { WatchKind } from '../../live/watch-kind.js';
import { ProviderError } from '../../provider-error.js';
import type { VipClient } from './client.js';
import type { BoundCredential, UserInfo } from './model.js';

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
  sharedAs: ({ userId, onBehalfOfAccountId }) => [userId, onBehalfOfAccountId],

  async read(client, keys) {
    const [key] = keys;
    if (key === undefined) return [];
    const { userId, onBehalfOfAccountId } = key;
    try {
      return [{ state: await client.getUser(userId, {}, { onBehalfOfAccountId }) }];
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      // A child account that is not ours has no users that we could see.
      const isForeign = onBehalfOfAccountId !== null && error.code === 'FORBIDDEN';
      if (isForeign || error.code === 'NOT_FOUND') return [{ end: 'NOT_FOUND' }];
      throw error;
    }
  },

  merge: merged,

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

/** What a read did not tell is as it was. */
function merged(previous: UserState | undefined, { isPart, ...observed }: UserState): UserState {
  const { credentials } = observed;
  const isTold = ({ credentialId, credentialType }: BoundCredential): boolean =>
    credentials.some((one) => one.credentialId === credentialId && one.credentialType === credentialType);
  const untold = isPart ? (previous?.credentials ?? []).filter((one) => !isTold(one)) : [];
  return { ...observed, credentials: [...credentials, ...untold] };
}

/** All that is known of a user, as texts to compare. */
function facts({ credentials, ...user }: UserState): ReadonlyMap<string, string> {
  return new Map([...texts(user), ...credentials.flatMap(factsOf)]);
}

function factsOf({ credentialId, credentialType, ...credential }: BoundCredential): [string, string][] {
  const { status, binding, pushAttributes, tokenCategory, token } = credential;
  const { status: bindingStatus, lastAuthenticationId: lastAuthentication, ...bound } = binding;
  const known = [
    ...texts({ status: status ?? 'UNKNOWN', binding: bindingStatus, ...bound, lastAuthentication }),
    ...pushAttributes.map(({ key, value }): [string, string] => [`pushAttribute ${key}`, value]),
    ...texts({ ...tokenCategory }, 'tokenCategory '),
    ...texts({ ...token }, 'token '),
  ];
  return known.map(([name, text]) => [`${credentialType} ${credentialId} ${name}`, text]);
}

function texts(
  values: Readonly<Record<string, string | number | boolean | null>>,
  prefix = '',
): [string, string][] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [[`${prefix}${name}`, textOf(name, value)] satisfies [string, string]],
  );
}

/** A moment as it is written everywhere in the graph. */
function textOf(name: string, value: string | number | boolean): string {
  return name.endsWith('At') && typeof value === 'number' ? new Date(value).toISOString() : String(value);
}
