import { checkFilled } from '../../check-given.js';
import { invalidInput } from '../../provider-error.js';

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n;

/**
 * The one spelling of a key id: the signed 64-bit number of the wire, in decimal. Undefined for text that is no id.
 * @param text signed or unsigned decimal, or 16 hex digits behind `0x`
 */
export function toKeyId(text: string): string | undefined {
  if (!/^(-?\d{1,20}|0x[\da-f]{16})$/i.test(text)) return undefined;
  const number = BigInt(text);
  if (number < MIN || number >= 2n * MAX) return undefined;
  return BigInt.asIntN(64, number).toString();
}

/** @throws ProviderError INVALID_INPUT naming `field` */
export function requireKeyId(field: string, text: string): string {
  checkFilled(field, text);
  const keyId = toKeyId(text);
  if (keyId === undefined)
    throw invalidInput(
      [field],
      'MALFORMED',
      `${field} must be a key id: a 64-bit number, or 16 hex digits behind 0x.`,
    );
  return keyId;
}

/** 16 lower-case hex digits, as other tools write it. */
export function keyIdHex(keyId: string): string {
  return BigInt.asUintN(64, BigInt(keyId)).toString(16).padStart(16, '0');
}
