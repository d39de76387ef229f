import { invalidInput } from '../provider-error.js';

const SHAPE = /^[^\s@"<>()[\]\\,;:]+@[^\s@"<>()[\]\\,;:]+$/;
const MAX_CHARACTERS = 254;

export function isEmailAddress(text: string): boolean {
  return text.length <= MAX_CHARACTERS && SHAPE.test(text);
}

/** @throws ProviderError INVALID_INPUT naming `field` */
export function requireEmailAddress(field: string, text: string): string {
  if (!isEmailAddress(text)) throw invalidInput([field], `${field} must be an e-mail address.`);
  return text.toLowerCase();
}
