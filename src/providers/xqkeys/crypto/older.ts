import { createDecipheriv, createHash } from 'node:crypto';
import { EnvelopeError, MAGIC } from './envelope.js';

/** Older ciphers, which are opened but no longer made here (dossier section 6.3). */
export type OlderCipher = 'AES_CBC_MD5' | 'AES_CTR_SHA256' | 'OTP';

const SALT_BYTES = 8;
const KEY_BYTES = 32;
const IV_BYTES = 16;

const DERIVATIONS = {
  AES_CBC_MD5: { algorithm: 'aes-256-cbc', digest: 'md5', rounds: 1 },
  AES_CTR_SHA256: { algorithm: 'aes-256-ctr', digest: 'sha256', rounds: 14 },
} as const;

/** @throws EnvelopeError; of these only CBC notices a wrong password, and not always */
export function openOlder(cipher: OlderCipher, password: string, sealed: Buffer): Buffer {
  if (cipher === 'OTP') return xorWithKey(sealed, password);
  const bodyAt = MAGIC.length + SALT_BYTES;
  const isWhole = sealed.length >= bodyAt && sealed.subarray(0, MAGIC.length).equals(MAGIC);
  if (!isWhole) throw new EnvelopeError();
  const { algorithm, digest, rounds } = DERIVATIONS[cipher];
  const derived = bytesToKey(digest, rounds, password, sealed.subarray(MAGIC.length, bodyAt));
  const decrypt = createDecipheriv(algorithm, derived.subarray(0, KEY_BYTES), derived.subarray(KEY_BYTES));
  try {
    return Buffer.concat([decrypt.update(sealed.subarray(bodyAt)), decrypt.final()]);
  } catch {
    throw new EnvelopeError();
  }
}

/** XOR with the bytes of the key, begun anew where it is too short. Its own inverse. @throws EnvelopeError without a key */
export function xorWithKey(text: Uint8Array, key: string): Buffer {
  const pad = Buffer.from(key, 'utf8');
  if (pad.length === 0) throw new EnvelopeError();
  return Buffer.from(text.map((byte, place) => byte ^ (pad[place % pad.length] ?? 0)));
}

/** OpenSSL's EVP_BytesToKey: key and IV, one after the other. */
function bytesToKey(digest: string, rounds: number, password: string, salt: Uint8Array): Buffer {
  let all = Buffer.alloc(0);
  let block = Buffer.alloc(0);
  while (all.length < KEY_BYTES + IV_BYTES) {
    block = createHash(digest).update(block).update(password, 'utf8').update(salt).digest();
    for (let round = 1; round < rounds; round++) block = createHash(digest).update(block).digest();
    all = Buffer.concat([all, block]);
  }
  return all.subarray(0, KEY_BYTES + IV_BYTES);
}
