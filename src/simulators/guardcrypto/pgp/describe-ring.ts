import { createHash } from 'node:crypto';
import type { Key } from 'openpgp';
import type { Ring } from '../state/state.js';
import { keyFacts, type KeyFacts } from './key-facts.js';
import { readStoredKey } from './read-keys.js';

/** `PublicKeyRing` of the wire. */
export interface PublicRing {
  /** ASCII armor. */
  readonly ring: string;
  /** Changes with the ring. */
  readonly hash: string;
  readonly keys: readonly KeyFacts[];
}

/** Which halves of a ring an answer shows. */
export const KEY_TYPES = ['public', 'private', 'public_private'] as const;

export type KeyType = (typeof KEY_TYPES)[number];

export async function describePublicRing(key: Key, now: Date): Promise<PublicRing> {
  const publicKey = key.toPublic();
  return {
    ring: unixLines(publicKey.armor()),
    hash: createHash('sha256').update(publicKey.write()).digest('hex'),
    keys: await keyFacts(key, now),
  };
}

/** @param privateArmor whether the private half comes with its armor, or only as a list of keys. */
export async function describeRing(
  ring: Ring,
  contextId: number,
  keyType: KeyType,
  privateArmor: boolean,
  now: Date,
): Promise<unknown> {
  const key = await readStoredKey(ring.armored);
  const publicRing = await describePublicRing(key, now);
  const privateRing = {
    ...(privateArmor ? { ring: unixLines(key.armor()) } : {}),
    keys: publicRing.keys.map(({ id, masterKey, expired, userIds }) => ({ id, masterKey, expired, userIds })),
  };
  return {
    userId: ring.accountId,
    contextId,
    current: ring.current,
    passwordModificationTimestamp: ring.passwordChangedAt,
    ...(keyType === 'private' ? {} : { publicRing }),
    ...(keyType !== 'public' && key.isPrivate() ? { privateRing } : {}),
  };
}

/** The armor of one half, or of both one after the other. */
export async function armorOf(ring: Ring, keyType: KeyType): Promise<string> {
  const key = await readStoredKey(ring.armored);
  const publicArmor = keyType === 'private' ? '' : unixLines(key.toPublic().armor());
  const privateArmor = keyType === 'public' || !key.isPrivate() ? '' : unixLines(key.armor());
  return publicArmor + privateArmor;
}

// OpenPGP.js ends lines as mail does.
function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
