import { generateKey, type PrivateKey } from 'openpgp';
import { ASSUMED } from '../assumptions.js';

/** What a new ring is made of: a master that certifies and signs, and a subkey that encrypts. */
export interface NewKey {
  readonly name: string;
  readonly email: string;
  readonly created: Date;
  /** `rsa` is 2048 bits; `ecc` is made in no time. */
  readonly algorithm: 'rsa' | 'ecc';
}

/** Makes an OpenPGP key of version 4, not locked. */
export async function createKey({ name, email, created, algorithm }: NewKey): Promise<PrivateKey> {
  const kind =
    algorithm === 'rsa'
      ? { type: 'rsa' as const, rsaBits: 2048 }
      : { type: 'ecc' as const, curve: 'curve25519Legacy' as const };
  const { privateKey } = await generateKey({
    ...kind,
    userIDs: [{ name, email }],
    date: created,
    keyExpirationTime: ASSUMED.keyValidSeconds,
    format: 'object',
  });
  return privateKey;
}
