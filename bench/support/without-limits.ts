import { peopleSettings } from '../../src/config/people.js';
import { rateSettings } from '../../src/config/rates.js';

/** Settings by which one caller may do as much as the machine can. */
export const WITHOUT_LIMITS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys({ ...rateSettings, ...peopleSettings }).map((name) => [name, '0']),
);
