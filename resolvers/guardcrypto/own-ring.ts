import type { GraphQLResolveInfo } from 'graphql';
import type { Access } from '../../src/providers/guardcrypto/access.js';
import type { KeyCalls } from '../../src/providers/guardcrypto/keys.js';
import { selectedPaths } from '../shared/selected-paths.js';
import { toKeyRing, type GuardKeyRing } from './key.type.js';

/**
 * One of the caller's rings, the same to everybody who asks: getKey tells no private half without its password, getKeys
 * does.
 * @param keyId of any of its keys; null: the current ring
 * @param at where the ring stands in the selection; empty: it is what was asked for
 * @throws ProviderError `NOT_FOUND`
 */
export async function ownRing(
  calls: KeyCalls,
  access: Access,
  keyId: string | null,
  info: GraphQLResolveInfo,
  at = '',
): Promise<GuardKeyRing | null> {
  if (!selectedPaths(info).has(`${at}privateRing`)) return toKeyRing(await calls.publicRing(access, keyId));
  const rings = await calls.rings(access);
  const found = rings.find(({ current, publicRing, privateRing }) =>
    keyId === null
      ? current
      : [...(publicRing?.keys ?? []), ...(privateRing?.keys ?? [])].some(({ id }) => id === keyId),
  );
  return found ? toKeyRing(found) : null;
}
