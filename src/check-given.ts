import { checkAll } from './check-all.js';
import { invalidInput } from './provider-error.js';

/** The text without blanks around it. @throws ProviderError INVALID_INPUT for a text that holds nothing else */
export function checkFilled(field: string | readonly string[], text: string): string {
  const path = [field].flat();
  if (text.trim() !== '') return text.trim();
  throw invalidInput(path, 'BLANK', `${path.join('.')} must not be empty.`);
}

/** Of a secret, of which blanks are a part. @throws ProviderError INVALID_INPUT for a text that is given and empty */
export function checkNotEmpty(field: string, text: string | null | undefined): void {
  if (text === '') throw invalidInput([field], 'BLANK', `${field} must not be empty.`);
}

/** Of each text in a list that it holds more than blanks. @throws ProviderError INVALID_INPUT naming each that holds nothing */
export function checkEachFilled(field: string, texts: readonly string[]): void {
  checkAll(texts.map((text, index) => () => checkFilled([field, String(index)], text)));
}

/**
 * Refuses a change of nothing; null changes nothing either.
 * @param path of the change in the caller's input
 * @throws ProviderError INVALID_INPUT
 */
export function requireChange(change: object, path: readonly string[] = []): void {
  if (Object.values(change).some((value) => value !== undefined && value !== null)) return;
  throw invalidInput(path, 'MISSING', 'At least one thing to change must be given.');
}

/** The same of a list of what is added or taken away. @throws ProviderError INVALID_INPUT */
export function checkGiven(field: string, list: readonly unknown[]): void {
  if (list.length === 0) throw invalidInput([field], 'BLANK', `${field} must hold at least one.`);
}
