import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const deriveKey = promisify(pbkdf2);

/** Ciphers of the envelopes E1 and E2 (dossier section 6.2). */
export type EnvelopeCipher = 'AES_GCM' | 'AES_CTR';

/** It cannot be opened: another password, another cipher, or not an envelope. One message, whatever it was. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
  constructor() {
    super('The envelope cannot be opened.');
  }
}

/** What every envelope begins with. */
export const MAGIC = Buffer.from('Salted__', 'latin1');

const SALT_BYTES = 16;
/** Of the ciphers of older clients (dossier section 6.3). */
const OLDER_SALT_BYTES = 8;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const CIPHERS = {
  AES_GCM: { iterations: 1_024, ivBytes: 12 },
  AES_CTR: { iterations: 2_048, ivBytes: 16 },
} as const;

/** Bytes that every sealed text has which begins with `MAGIC`; of an unknown cipher, the fewest there can be. */
export function leastBytes(cipher: string | null): number {
  if (cipher !== 'AES_GCM' && cipher !== 'AES_CTR') return MAGIC.length + OLDER_SALT_BYTES;
  return MAGIC.length + SALT_BYTES + CIPHERS[cipher].ivBytes + (cipher === 'AES_GCM' ? TAG_BYTES : 0);
}

/** Bytes from a cryptographic source. */
export type RandomBytes = (count: number) => Buffer;

/**
 * `Salted__`, salt, IV, ciphertext and, for GCM, tag.
 * @param password text of the key without its algorithm prefix; for devices, of the locator or transport key as it is
 */
export async function sealEnvelope(
  cipher: EnvelopeCipher,
  password: string,
  plaintext: Uint8Array,
  random: RandomBytes = randomBytes,
): Promise<Buffer> {
  const salt = random(SALT_BYTES);
  const iv = random(CIPHERS[cipher].ivBytes);
  const key = await envelopeKey(cipher, password, salt);
  const head = [MAGIC, salt, iv];
  if (cipher === 'AES_CTR') {
    const encrypt = createCipheriv('aes-256-ctr', key, counterBlock(iv));
    return Buffer.concat([...head, encrypt.update(plaintext), encrypt.final()]);
  }
  const encrypt = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([...head, encrypt.update(plaintext), encrypt.final(), encrypt.getAuthTag()]);
}

/** @throws EnvelopeError; AES_CTR notices neither a change nor a wrong password, but for bytes that are no text */
export async function openEnvelope(
  cipher: EnvelopeCipher,
  password: string,
  envelope: Buffer,
): Promise<Buffer> {
  const ivAt = MAGIC.length + SALT_BYTES;
  const bodyAt = ivAt + CIPHERS[cipher].ivBytes;
  const tagBytes = cipher === 'AES_GCM' ? TAG_BYTES : 0;
  const isWhole = envelope.length >= bodyAt + tagBytes && envelope.subarray(0, MAGIC.length).equals(MAGIC);
  if (!isWhole) throw new EnvelopeError();
  const iv = envelope.subarray(ivAt, bodyAt);
  const key = await envelopeKey(cipher, password, envelope.subarray(MAGIC.length, ivAt));
  const body = envelope.subarray(bodyAt, envelope.length - tagBytes);
  if (cipher === 'AES_CTR') {
    const decrypt = createDecipheriv('aes-256-ctr', key, counterBlock(iv));
    return Buffer.concat([decrypt.update(body), decrypt.final()]);
  }
  const decrypt = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decrypt.setAuthTag(envelope.subarray(envelope.length - TAG_BYTES));
  try {
    return Buffer.concat([decrypt.update(body), decrypt.final()]);
  } catch {
    throw new EnvelopeError();
  }
}

/** 32 bytes. */
export function envelopeKey(cipher: EnvelopeCipher, password: string, salt: Uint8Array): Promise<Buffer> {
  return deriveKey(password, salt, CIPHERS[cipher].iterations, KEY_BYTES, 'sha256');
}

/** Only the first half of the IV counts; the other half of the block is the counter, from 0. */
function counterBlock(iv: Uint8Array): Buffer {
  return Buffer.concat([iv.subarray(0, 8), Buffer.alloc(8)]);
}
