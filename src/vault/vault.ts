import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyRing, RingKey } from './key-ring.js';
import { takeRandomBytes } from './random-pool.js';

/** The place something sealed belongs to: it opens nowhere else. */
export interface SealContext {
  /** What sort of thing, for example `messaging2fa.message`. */
  readonly collection: string;
  /** `ownerKey()` of whom it belongs to. */
  readonly owner: string;
  readonly id: string;
}

/** What was sealed cannot be opened: changed, moved from its place, or its key is no longer in the ring. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  constructor() {
    super('A sealed value cannot be opened.');
  }
}

/** Keeps secrets at rest unreadable: an AES-256-GCM envelope with a fresh key per record, wrapped by the ring. */
export interface Vault {
  seal(plaintext: string, context: SealContext): string;
  /** @throws VaultError */
  open(sealed: string, context: SealContext): string;
  /** Sealed with a key that is not the current one: seal it again when it is next at hand. */
  needsRewrap(sealed: string): boolean;
  /** A keyed digest, for recognising a text later without keeping it. */
  fingerprint(text: string): string;
  /** Whether the fingerprint is this text's; never when its key is no longer in the ring. */
  matchesFingerprint(text: string, fingerprint: string): boolean;
}

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

export function createVault(ring: KeyRing): Vault {
  return {
    seal(plaintext, context) {
      const { id: kid, wrapping } = ring.current;
      const bound = bind(kid, context);
      const dataKey = takeRandomBytes(KEY_BYTES);
      const parts = [
        encrypt(wrapping, dataKey, bound),
        encrypt(dataKey, Buffer.from(plaintext, 'utf8'), bound),
      ];
      return [VERSION, kid, ...parts.map((part) => part.toString('base64url'))].join('.');
    },

    open(sealed, context) {
      const [version, kid = '', wrapped = '', ciphertext = ''] = sealed.split('.');
      const key = ring.find(kid);
      if (version !== VERSION || key === undefined) throw new VaultError();
      const bound = bind(kid, context);
      const dataKey = decrypt(key.wrapping, wrapped, bound);
      return decrypt(dataKey, ciphertext, bound).toString('utf8');
    },

    needsRewrap: (sealed) => sealed.split('.')[1] !== ring.current.id,

    fingerprint: (text) => `${ring.current.id}.${digest(ring.current, text).toString('base64url')}`,

    matchesFingerprint(text, fingerprint) {
      const [kid = '', encoded = ''] = fingerprint.split('.');
      const key = ring.find(kid);
      const expected = Buffer.from(encoded, 'base64url');
      if (key === undefined) return false;
      const actual = digest(key, text);
      return actual.length === expected.length && timingSafeEqual(actual, expected);
    },
  };
}

// JSON keeps the parts apart whatever characters they hold.
function bind(kid: string, { collection, owner, id }: SealContext): Buffer {
  return Buffer.from(JSON.stringify([VERSION, kid, collection, owner, id]), 'utf8');
}

function encrypt(key: Buffer, plaintext: Buffer, bound: Buffer): Buffer {
  const iv = takeRandomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(bound);
  const ciphertext = cipher.update(plaintext);
  // Only makes the tag.
  cipher.final();
  return Buffer.concat([iv, ciphertext, cipher.getAuthTag()]);
}

function decrypt(key: Buffer, encoded: string, bound: Buffer): Buffer {
  const bytes = Buffer.from(encoded, 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new VaultError();
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(bound)
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plaintext = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
    // Only says whether it is genuine.
    decipher.final();
    return plaintext;
  } catch {
    throw new VaultError();
  }
}

function digest({ fingerprinting }: RingKey, text: string): Buffer {
  return createHmac('sha256', fingerprinting).update(text, 'utf8').digest();
}
