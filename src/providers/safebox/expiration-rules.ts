import { checkAll } from '../../check-all.js';
import { invalidInput } from '../../provider-error.js';
import type { ChosenOptions } from './content.js';

const RULES = [
  ['expirationDate', /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'a day, YYYY-MM-DD'],
  ['expirationTime', /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, 'a time of day, HH:MM:SS'],
  ['expirationTimeZone', /^[+-](?:0\d|1[0-4]):[0-5]\d$/, 'an offset from UTC, such as +02:00'],
] as const;

/** Units of time in hours, as long as they can be. */
const UNIT_HOURS: Readonly<Record<string, number>> = {
  hours: 1,
  days: 24,
  weeks: 168,
  months: 744,
  years: 8784,
};
/** A hundred years: nothing is published, and dates must remain dates. */
const MAX_HOURS = 100 * 8784;

/**
 * A number of hours, days, weeks, months or years; of an unknown unit the smallest is taken.
 * @throws ProviderError INVALID_INPUT
 */
export function checkDuration(
  path: readonly string[],
  value: number | null | undefined,
  unit: string | null | undefined,
): void {
  if (value === null || value === undefined) return;
  if (value >= 1 && value * (UNIT_HOURS[unit ?? 'hours'] ?? 1) <= MAX_HOURS) return;
  throw invalidInput(path, 'OUT_OF_RANGE', `${path.at(-1)} must be at least 1, and end within 100 years.`);
}

/**
 * A SafeBox closes after a time, or at a moment that takes all three of day, time and offset (dossier op 8).
 * @throws ProviderError INVALID_INPUT
 */
export function checkExpiration(options: ChosenOptions): void {
  checkAll([() => checkDurations(options), () => checkMoment(options)]);
}

function checkDurations(options: ChosenOptions): void {
  checkAll([
    ...(['expiration', 'retentionPeriod'] as const).map((what) => () => {
      const path = ['securityOptions', `${what}Value`];
      checkDuration(path, options[`${what}Value`], options[`${what}Unit`]);
    }),
    () => {
      if (options.expirationUnit === 'years')
        throw invalidInput(
          ['securityOptions', 'expirationUnit'],
          'NOT_ALLOWED',
          'expirationUnit must be HOURS, DAYS, WEEKS or MONTHS.',
        );
    },
  ]);
}

function checkMoment(options: ChosenOptions): void {
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
