import { randomBytes } from 'node:crypto';
import type { EnvelopeCipher } from './envelope.js';
import type { OlderCipher } from './older.js';

/** How something was sealed with a key. */
export type XqCipher = EnvelopeCipher | OlderCipher;

/** What the two characters before a key say of its algorithm (dossier 3.15). */
const PREFIXES: Readonly<Record<string, XqCipher | 'OTHER' | 'OLDER_AES'>> = {
  '.1': 'AES_GCM',
  '.2': 'AES_CTR',
  '.3': 'OTHER',
  '.5': 'AES_CTR',
  // Two ciphers that nothing tells apart.
  '.A': 'OLDER_AES',
  '.B': 'OTP',
  '.X': 'OTP',
  '.C': 'OTHER',
};

/** The text of a key, taken apart. */
export interface KeyText {
  /** Null when the text names none, or one that can be any of several. */
  readonly cipher: XqCipher | null;
  /** The prefix, when there is a known one. */
  readonly prefix: string | null;
  /** Without the prefix: the password of the ciphers. */
  readonly bareKey: string;
}

export function readKeyText(text: string): KeyText {
  const prefix = text.slice(0, 2);
  const named = PREFIXES[prefix];
  if (named === undefined) return { cipher: null, prefix: null, bareKey: text };
  const cipher = named === 'OTHER' || named === 'OLDER_AES' ? null : named;
  return { cipher, prefix, bareKey: text.slice(2) };
}

/** A fresh key of 256 random bits as the provider's clients write it. */
export function makeKeyText(cipher: EnvelopeCipher): string {
  return `${cipher === 'AES_GCM' ? '.1' : '.2'}${randomBytes(32).toString('base64url')}`;
}
