import type { TimeUnit } from './security-options.js';

const HOUR_MS = 60 * 60 * 1000;
const FIXED_MS = { hours: HOUR_MS, days: 24 * HOUR_MS, weeks: 7 * 24 * HOUR_MS } as const;

/**
 * Moment `value` units after `at`, both milliseconds since the epoch. Months and years are those of the calendar in
 * UTC; a day the later month does not have becomes its last. NaN beyond the end of the calendar.
 */
export function addTime(at: number, value: number, unit: TimeUnit): number {
  if (unit !== 'months' && unit !== 'years') return new Date(at + value * FIXED_MS[unit]).getTime();
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + value * (unit === 'years' ? 12 : 1));
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime();
}
