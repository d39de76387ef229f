import { requireKeyId } from '../../src/providers/guardcrypto/key-id.js';
import { globalId, providerId } from '../../src/subgraph/global-id.js';

const RING = 'GuardKeyRing';
const PRIVATE_KEY = 'GuardPrivateKey';
const KEY = 'GuardKey';
const STATUS = 'GuardKeyRingStatus';

/** What is said of an argument that `requireKey` reads. */
export const KEY_ID =
  'Key id: the signed 64-bit number, in decimal, or 16 hex digits behind `0x`; or the `id` of the ring or key.';

/** Where a key is described: the provider says other things of one key in its owner's ring than in a recipient's. */
export type KeyPlace = readonly ['own'] | readonly ['recipient'] | readonly ['external', string];

export const ringId = (keyId: string): string => globalId(RING, keyId);
export const ringStatusId = (keyId: string): string => globalId(STATUS, keyId);
export const privateKeyId = (keyId: string): string => globalId(PRIVATE_KEY, keyId);
export const publicKeyId = (place: KeyPlace, keyId: string): string => globalId(KEY, ...place, keyId);

/**
 * The key id that is meant by the `id` of a ring or key, or by a key id.
 * @throws ProviderError INVALID_INPUT naming `field`
 */
export function requireKey(field: string, given: string): string {
  const keyId = [RING, STATUS, PRIVATE_KEY, KEY].reduce((text, type) => providerId(type, text), given);
  return requireKeyId(field, keyId);
}
