import { invalidInput } from '../../src/provider-error.js';

/** Blanks count: they may be a password. @throws ProviderError INVALID_INPUT for a text that is given and empty */
export function checkFilled(field: string, text: string | null | undefined): void {
  if (text === '') throw invalidInput([field], 'BLANK', `${field} must not be empty.`);
}
