import type { KeyID } from 'openpgp';

/** The signed 64-bit number the provider's Java gives a key id as (dossier section 1.8). */
export function signedKeyId(id: KeyID): bigint {
  return BigInt.asIntN(64, BigInt(`0x${id.toHex()}`));
}

/** Reads a key id in decimal, or in hex of 16 digits; undefined when it is neither. Gives hex. */
export function parseKeyId(text: string): string | undefined {
  if (/^[0-9a-f]{16}$/i.test(text) && !/^\d+$/.test(text)) return text.toLowerCase();
  if (!/^-?\d{1,20}$/.test(text)) return undefined;
  return BigInt.asUintN(64, BigInt(text)).toString(16).padStart(16, '0');
}
