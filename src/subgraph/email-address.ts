import { nameKey } from '../same-name.js';
import { invalidInput } from '../provider-error.js';

const SHAPE = /^[^\s@"<>()[\]\\,;:]+@[^\s@"<>()[\]\\,;:]+$/;
const MAX_CHARACTERS = 254;

export function isEmailAddress(text: string): boolean {
  return text.length <= MAX_CHARACTERS && SHAPE.test(text);
}

/**
 * The address in small letters, those of ASCII.
 * @param path of the address in the caller's input
 * @throws ProviderError INVALID_INPUT
 */
export function requireEmailAddress(path: readonly string[], text: string): string {
  if (isEmailAddress(text)) return nameKey(text);
  const reason = text.trim() === '' ? 'BLANK' : text.length > MAX_CHARACTERS ? 'TOO_LONG' : 'MALFORMED';
  throw invalidInput(path, reason, `${path.join('.')} must be an e-mail address.`);
}
