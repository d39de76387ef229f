import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import type { RandomSource } from '../../kit/random.js';

const MAGIC = Buffer.from('Salted__', 'ascii');
const GCM = { saltBytes: 16, ivBytes: 12, tagBytes: 16, iterations: 1024 };
const CTR = { saltBytes: 8, rounds: 14 };

/** Envelope E1: AES-256-GCM under PBKDF2-HMAC-SHA-256 of the password's text (dossier section 6.2). */
export function sealGcm(random: RandomSource, password: string, plain: string): Buffer {
  const salt = random.bytes(GCM.saltBytes);
  const iv = random.bytes(GCM.ivBytes);
  const cipher = createCipheriv('aes-256-gcm', gcmKey(password, salt), iv);
  const sealed = [cipher.update(plain, 'utf8'), cipher.final()];
  return Buffer.concat([MAGIC, salt, iv, ...sealed, cipher.getAuthTag()]);
}

/** Undefined when the envelope or the password is another. */
export function openGcm(password: string, envelope: Buffer): string | undefined {
  const head = MAGIC.length + GCM.saltBytes + GCM.ivBytes;
  if (envelope.length < head + GCM.tagBytes || !envelope.subarray(0, MAGIC.length).equals(MAGIC))
    return undefined;
  const salt = envelope.subarray(MAGIC.length, MAGIC.length + GCM.saltBytes);
  const iv = envelope.subarray(MAGIC.length + GCM.saltBytes, head);
  const decipher = createDecipheriv('aes-256-gcm', gcmKey(password, salt), iv);
  decipher.setAuthTag(envelope.subarray(-GCM.tagBytes));
  try {
    const plain = [decipher.update(envelope.subarray(head, -GCM.tagBytes)), decipher.final()];
    return Buffer.concat(plain).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Envelope E4: AES-256-CTR under EVP_BytesToKey with SHA-256, 14 rounds (dossier section 6.3). */
export function sealCtr(random: RandomSource, password: string, plain: string): Buffer {
  const salt = saltWithoutZeros(random);
  const { key, iv } = bytesToKey(password, salt);
  const cipher = createCipheriv('aes-256-ctr', key, iv);
  return Buffer.concat([MAGIC, salt, cipher.update(plain, 'utf8'), cipher.final()]);
}

function gcmKey(password: string, salt: Buffer): Buffer {
  return pbkdf2Sync(password, salt, GCM.iterations, 32, 'sha256');
}

// A published client copies the salt only up to its first zero byte.
function saltWithoutZeros(random: RandomSource): Buffer {
  return Buffer.from(random.bytes(CTR.saltBytes).map((byte) => (byte === 0 ? 1 : byte)));
}

function bytesToKey(password: string, salt: Buffer): { key: Buffer; iv: Buffer } {
  const seed = Buffer.concat([Buffer.from(password, 'utf8'), salt]);
  const key = hashed(seed);
  return { key, iv: hashed(Buffer.concat([key, seed])).subarray(0, 16) };
}

function hashed(data: Buffer): Buffer {
  let digest = data;
  for (let round = 0; round < CTR.rounds; round++) digest = createHash('sha256').update(digest).digest();
  return digest;
}
