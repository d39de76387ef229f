import { checkAll } from '../../check-all.js';
import { checkFilled } from '../../check-given.js';
import { lengthReason } from '../../problem-reason.js';
import { invalidInput } from '../../provider-error.js';
import { LIMITS, lifetimeMs, normalizeAddress } from './packet.js';
import type { Lifetime, Policy } from './packet.js';

/** Addresses, each once, as they are compared. @throws ProviderError INVALID_INPUT */
export function checkRecipients(addresses: readonly string[]): string[] {
  const normalized = addresses.map(normalizeAddress);
  const distinct = [...new Set(normalized)];
  if (distinct.length < 1 || distinct.length > LIMITS.recipients) {
    const reason = lengthReason(distinct.length, 1);
    throw invalidInput(['recipients'], reason, `recipients must hold 1 to ${LIMITS.recipients} addresses.`);
  }
  checkAll(normalized.map((address, index) => () => checkName(['recipients', String(index)], address)));
  return distinct;
}

/**
 * Whom keys are shared with, or who signs in; without blanks around it.
 * @param characters at most
 * @throws ProviderError INVALID_INPUT
 */
export function checkName(
  field: string | readonly string[],
  text: string,
  characters: number = LIMITS.addressCharacters,
): string {
  const name = checkFilled(field, text);
  const path = [field].flat();
  const isLong = name.length > characters;
  if (!isLong && !/[,\p{Cc}]/u.test(name)) return name;
  throw invalidInput(
    path,
    isLong ? 'TOO_LONG' : 'MALFORMED',
    `${path[0]} must have at most ${characters} characters, none of them a comma or a control character.`,
  );
}

/**
 * @param lifetimeField what the caller calls the lifetime
 * @throws ProviderError INVALID_INPUT
 */
export function checkPolicy(policy: Policy, lifetimeField = 'lifetime'): Policy {
  const [recipients] = checkAll([
    () => checkRecipients(policy.recipients),
    () => checkLifetime(policy.lifetime, lifetimeField),
    () => checkLength(['subject'], policy.subject ?? '', LIMITS.subjectCharacters),
  ]);
  return { ...policy, recipients };
}

/** @throws ProviderError INVALID_INPUT */
export function checkLabels(labels: readonly string[]): readonly string[] {
  if (labels.length > LIMITS.labels) {
    throw invalidInput(['labels'], 'TOO_LONG', `labels must be at most ${LIMITS.labels}.`);
  }
  checkAll(
    labels.map((label, index) => () => {
      const path = ['labels', String(index)];
      checkFilled(path, label);
      checkLength(path, label, LIMITS.labelCharacters);
    }),
  );
  return labels;
}

/** @throws ProviderError INVALID_INPUT */
export function checkKey(key: string, path: readonly string[] = ['key']): void {
  if (key.length >= 1 && key.length <= LIMITS.keyCharacters) return;
  throw invalidInput(
    path,
    lengthReason(key.length, 1),
    `${path[0]} must have 1 to ${LIMITS.keyCharacters} characters.`,
  );
}

/** @throws ProviderError INVALID_INPUT */
export function checkKeys(keys: readonly string[]): void {
  if (keys.length < 1 || keys.length > LIMITS.keys) {
    throw invalidInput(['keys'], lengthReason(keys.length, 1), `keys must hold 1 to ${LIMITS.keys} keys.`);
  }
  checkAll(keys.map((key, index) => () => checkKey(key, ['keys', String(index)])));
}

/** @throws ProviderError INVALID_INPUT */
export function checkLocators(locators: readonly string[]): readonly string[] {
  const unique = [...new Set(locators)];
  if (unique.length < 1 || unique.length > LIMITS.keys) {
    const reason = lengthReason(unique.length, 1);
    throw invalidInput(['locators'], reason, `locators must hold 1 to ${LIMITS.keys} locators.`);
  }
  return unique;
}

/** @throws ProviderError INVALID_INPUT */
export function checkDevice(device: string): string {
  const name = checkFilled('device', device);
  const isLong = name.length > LIMITS.deviceCharacters;
  if (!isLong && !/\p{Cc}/u.test(name)) return name;
  throw invalidInput(
    ['device'],
    isLong ? 'TOO_LONG' : 'MALFORMED',
    `device must have 1 to ${LIMITS.deviceCharacters} characters, none of them a control character.`,
  );
}

function checkLifetime(lifetime: Lifetime, field: string): void {
  const isWhole = Number.isInteger(lifetime.amount) && lifetime.amount >= 1;
  if (isWhole && lifetimeMs(lifetime) <= LIMITS.lifetimeMs) return;
  throw invalidInput(
    [field],
    'OUT_OF_RANGE',
    `${field} must be a whole number from 1, and end within 100 years.`,
  );
}

function checkLength(path: readonly string[], text: string, characters: number): void {
  if (text.length <= characters) return;
  throw invalidInput(path, 'TOO_LONG', `${path[0]} must have at most ${characters} characters.`);
}
