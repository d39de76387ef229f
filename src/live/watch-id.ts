import { createHash } from 'node:crypto';
import { ownerKey, type Owner } from '../owner.js';
import { canonicalJson } from './canonical-json.js';
import type { Json } from './ports.js';
import type { WatchKind } from './watch-kind.js';

/**
 * The id of the watch of one thing for one owner: the kind, `~`, and a hash that gives nothing of the key away.
 * Holds no character that means something in Redis keys, BullMQ job ids or channel names.
 * @param account the tenant whose account the thing is at, when tenants have their own
 */
export function watchId(kind: string, owner: Owner, key: Json, account?: string): string {
  const at = account === undefined ? [] : [account];
  const hash = createHash('sha256').update(canonicalJson([ownerKey(owner), key, ...at]));
  return `${kind}~${hash.digest('base64url')}`;
}

/** The name of the kind that an id was made with. */
export function kindOf(id: string): string {
  return id.slice(0, id.indexOf('~'));
}

/**
 * The name of a read that the watches of several owners share; undefined for one that is not shared. Made like an id.
 * @param account the tenant whose account is read, when tenants have their own: what others have is something else
 */
export function readingName<Key extends Json>(
  { name, sharedAs }: Pick<WatchKind<Key, Json, never>, 'name' | 'sharedAs'>,
  account: string | undefined,
  key: Key,
): string | undefined {
  const dependsOn = sharedAs?.(key);
  if (dependsOn === undefined) return undefined;
  return `${name}~${createHash('sha256')
    .update(canonicalJson([account ?? null, dependsOn]))
    .digest('base64url')}`;
}
