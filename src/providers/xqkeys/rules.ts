import { invalidInput } from '../../provider-error.js';
import { LIMITS, lifetimeMs, normalizeAddress } from './packet.js';
import type { Lifetime, Policy } from './packet.js';

/** Addresses, each once, as they are compared. @throws ProviderError INVALID_INPUT */
export function checkRecipients(addresses: readonly string[]): string[] {
  const path = ['recipients'];
  const normalized = [...new Set(addresses.map(normalizeAddress))].filter((address) => address !== '');
  if (normalized.length < 1 || normalized.length > LIMITS.recipients) {
    throw invalidInput(path, `recipients must hold 1 to ${LIMITS.recipients} addresses.`);
  }
  if (normalized.some((address) => address.length > LIMITS.addressCharacters || /[,\p{Cc}]/u.test(address))) {
    throw invalidInput(
      path,
      `recipients must have at most ${LIMITS.addressCharacters} characters each, none of them a comma or a control character.`,
    );
  }
  return normalized;
}

/** @throws ProviderError INVALID_INPUT */
export function checkPolicy(policy: Policy): Policy {
  checkLifetime(policy.lifetime);
  if (policy.subject !== null) checkLength('subject', policy.subject, LIMITS.subjectCharacters);
  return { ...policy, recipients: checkRecipients(policy.recipients) };
}

/** @throws ProviderError INVALID_INPUT */
export function checkLabels(labels: readonly string[]): readonly string[] {
  if (labels.length > LIMITS.labels) {
    throw invalidInput(['labels'], `labels must be at most ${LIMITS.labels}.`);
  }
  for (const label of labels) checkLength('labels', label, LIMITS.labelCharacters);
  return labels;
}

/** @throws ProviderError INVALID_INPUT */
export function checkKey(key: string, field = 'key'): void {
  if (key.length >= 1 && key.length <= LIMITS.keyCharacters) return;
  throw invalidInput([field], `${field} must have 1 to ${LIMITS.keyCharacters} characters.`);
}

/** @throws ProviderError INVALID_INPUT */
export function checkKeys(keys: readonly string[]): void {
  if (keys.length < 1 || keys.length > LIMITS.keys) {
    throw invalidInput(['keys'], `keys must hold 1 to ${LIMITS.keys} keys.`);
  }
  for (const key of keys) checkKey(key, 'keys');
}

/** @throws ProviderError INVALID_INPUT */
export function checkLocators(locators: readonly string[]): readonly string[] {
  const unique = [...new Set(locators)];
  if (unique.length < 1 || unique.length > LIMITS.keys || unique.includes('')) {
    throw invalidInput(['locators'], `locators must hold 1 to ${LIMITS.keys} locators.`);
  }
  return unique;
}

/** @throws ProviderError INVALID_INPUT */
export function checkDevice(device: string): void {
  const { length } = device.trim();
  if (length >= 1 && length <= LIMITS.deviceCharacters) return;
  throw invalidInput(['device'], `device must have 1 to ${LIMITS.deviceCharacters} characters.`);
}

/** @throws ProviderError INVALID_INPUT */
export function checkFilled(field: string, text: string): string {
  if (text.trim() !== '') return text.trim();
  throw invalidInput([field], `${field} must not be empty.`);
}

function checkLifetime(lifetime: Lifetime): void {
  const isWhole = Number.isInteger(lifetime.amount) && lifetime.amount >= 1;
  if (isWhole && lifetimeMs(lifetime) <= LIMITS.lifetimeMs) return;
  throw invalidInput(['lifetime'], 'lifetime must be a whole number from 1, and end within 100 years.');
}

function checkLength(field: string, text: string, characters: number): void {
  if (text.length <= characters) return;
  throw invalidInput([field], `${field} must have at most ${characters} characters.`);
}
