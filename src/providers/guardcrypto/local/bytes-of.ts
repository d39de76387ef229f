import type { TextOrBytes } from './local-crypto.js';

/** The bytes themselves, or text as UTF-8. */
export function bytesOf(value: TextOrBytes): Buffer {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
