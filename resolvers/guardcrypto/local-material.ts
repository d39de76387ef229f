import { fromBase64 } from '../../src/base64.js';
import { checkAll } from '../../src/check-all.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import type { TextOrBytes } from '../../src/providers/guardcrypto/local/index.js';
import { MAX_INLINE_BYTES } from './local-limits.js';
import type { GuardLocalContentInput } from './local.input.js';

/**
 * A key, certificate or signature: armor or PEM as it is, anything else as Base64 of the binary form.
 * @throws ProviderError INVALID_INPUT
 */
export function material(path: readonly string[], value: string): TextOrBytes {
  if (value.includes('-----BEGIN ')) return value;
  return bytesOf(path, value, 'armored, PEM or Base64');
}

/** A list of keys or certificates. @throws ProviderError INVALID_INPUT naming each that is written wrongly */
export function materials(field: string, values: readonly string[]): TextOrBytes[] {
  return checkAll(values.map((value, index) => () => material([field, String(index)], value)));
}

/** @throws ProviderError INVALID_INPUT, TOO_LARGE */
export function contentOf(field: string, content: GuardLocalContentInput): Uint8Array {
  const [text, base64] = [content.text ?? undefined, content.base64 ?? undefined];
  if ((text === undefined) === (base64 === undefined))
    throw invalidInput(
      [field],
      text === undefined ? 'MISSING' : 'CONTRADICTORY',
      `${field} must have either text or base64.`,
    );
  const isEmpty = base64?.trim() === '';
  const bytes =
    text !== undefined || isEmpty
      ? Buffer.from(text ?? '')
      : bytesOf([field, 'base64'], base64 ?? '', 'Base64');
  if (bytes.length <= MAX_INLINE_BYTES) return bytes;
  throw new ProviderError('TOO_LARGE', {
    path: [field],
    message: `${field} is larger than ${MAX_INLINE_BYTES} bytes.`,
  });
}

/** Blanks and line ends do not matter: tools write Base64 in lines. */
function bytesOf(path: readonly string[], value: string, rule: string): Buffer {
  const compact = value.replace(/\s+/g, '');
  const bytes = fromBase64(compact);
  if (bytes !== undefined && compact !== '') return bytes;
  throw invalidInput(path, compact === '' ? 'BLANK' : 'MALFORMED', `${path.join('.')} must be ${rule}.`);
}
