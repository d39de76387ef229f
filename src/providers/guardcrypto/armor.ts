import { fromBase64 as strictly } from '../../base64.js';
import { invalidInput } from '../../provider-error.js';
import { isBinaryPgp } from './local/pgp/armor.js';
import { isPrivate, keyBlocks } from './local/pgp/key-blocks.js';

// The library for OpenPGP is large, so it is loaded once a key needs it.

/** Longest key or bundle that is taken, in bytes. */
export const MAX_KEY_BYTES = 1024 * 1024;

/**
 * Key material as the provider wants it.
 * @param given armor, or Base64 of armor or of the bytes; one of the two
 * @throws ProviderError INVALID_INPUT
 */
export async function toArmor(given: {
  readonly armored: string | null;
  readonly base64: string | null;
}): Promise<string> {
  const { armored, base64 } = given;
  if ((armored === null) === (base64 === null))
    throw invalidInput(
      ['armored'],
      armored === null ? 'MISSING' : 'CONTRADICTORY',
      'Either armored or base64 must be given.',
    );
  if (armored !== null) return requireArmor('armored', armored);
  const bytes = fromBase64('base64', base64 ?? '');
  const [block = bytes] = keyBlocks(['base64'], bytes);
  if (!isBinaryPgp(bytes)) return bytes.toString();
  const { armor, enums } = await import('openpgp');
  return armor(isPrivate(block) ? enums.armor.privateKey : enums.armor.publicKey, block);
}

/** An armored key as Base64 of its binary form; null when it is none. */
export async function armorToBase64(armored: string): Promise<string | null> {
  try {
    const { readKey } = await import('openpgp');
    return Buffer.from((await readKey({ armoredKey: armored })).write()).toString('base64');
  } catch {
    return null;
  }
}

/** @throws ProviderError INVALID_INPUT naming the field, when it is no Base64, empty or longer than `maxBytes` */
export function fromBase64(field: string, text: string, maxBytes = MAX_KEY_BYTES): Buffer {
  const compact = text.replace(/\s+/g, '');
  const bytes = strictly(compact);
  if (compact === '' || bytes === undefined)
    throw invalidInput([field], compact === '' ? 'BLANK' : 'MALFORMED', `${field} must be Base64.`);
  if (bytes.length > maxBytes)
    throw invalidInput([field], 'TOO_LONG', `${field} must hold at most ${maxBytes} bytes.`);
  return bytes;
}

function requireArmor(field: string, text: string): string {
  if (text.length > MAX_KEY_BYTES)
    throw invalidInput([field], 'TOO_LONG', `${field} must have at most ${MAX_KEY_BYTES} characters.`);
  keyBlocks([field], Buffer.from(text));
  return text;
}
