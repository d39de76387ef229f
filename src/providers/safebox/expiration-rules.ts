import { checkAll } from '../../check-all.js';
import { invalidInput } from '../../provider-error.js';
import type { ChosenOptions } from './content.js';

const RULES = [
  ['expirationDate', /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'a day, YYYY-MM-DD'],
  ['expirationTime', /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, 'a time of day, HH:MM:SS'],
  ['expirationTimeZone', /^[+-](?:0\d|1[0-4]):[0-5]\d$/, 'an offset from UTC, such as +02:00'],
] as const;

/**
 * A SafeBox closes after a time, or at a moment that takes all three of day, time and offset (dossier op 8).
 * @throws ProviderError INVALID_INPUT
 */
export function checkExpiration(options: ChosenOptions): void {
  const given = RULES.filter(([field]) => options[field] !== undefined && options[field] !== null);
  if (given.length === 0) return;
  checkAll([
    ...RULES.map(([field, pattern, what]) => () => {
      const path = ['securityOptions', field];
      if (!given.some(([name]) => name === field))
        throw invalidInput(path, 'MISSING', `${field} is needed, as another part of the moment is given.`);
      if (!pattern.test(options[field] ?? ''))
        throw invalidInput(path, 'MALFORMED', `${field} must be ${what}.`);
    }),
    () => {
      if (options.expirationValue === undefined || options.expirationValue === null) return;
      throw invalidInput(
        ['securityOptions', 'expirationValue'],
        'CONTRADICTORY',
        'expirationValue must not be given together with expirationDate.',
      );
    },
  ]);
}
