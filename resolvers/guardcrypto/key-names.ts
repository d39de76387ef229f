import { IdOf } from '../../src/subgraph/id-of.js';

/** What is said of an argument that names a key. */
export const KEY_ID = 'Key id: the signed 64-bit number, in decimal, or 16 hex digits behind `0x`.';

/** An argument that names a key, by its id or by that of its ring. */
export const KeyIdArgument = IdOf(['GuardKeyRing', 'GuardKeyRingStatus', 'GuardPrivateKey', 'GuardKey']);

/** Where a key is described: the provider says other things of one key in its owner's ring than in a recipient's. */
export type KeyPlace = readonly ['own'] | readonly ['recipient'] | readonly ['external', string];
