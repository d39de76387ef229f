import type { Environment } from './environment.js';
import { wholeNumber } from './fields.js';
import { parseSettings } from './settings.js';

/** How often one person may be asked something, whoever asks. */
export interface PeopleConfig {
  /** 0: as often as somebody likes. */
  readonly asksPerMinute: number;
  /** 0: as often as somebody likes. */
  readonly asksPerHour: number;
}

export const peopleSettings = {
  MAX_ASKS_PER_PERSON_PER_MINUTE: wholeNumber(0, 1_000_000)
    .default(10)
    .describe(
      'How often one person may be sent a 2FA message within a minute, by all callers together and over all processes. 0 takes the limit away.',
    ),
  MAX_ASKS_PER_PERSON_PER_HOUR: wholeNumber(0, 1_000_000)
    .default(60)
    .describe('The same within an hour. 0 takes the limit away.'),
};

/** @throws ConfigError */
export function readPeopleConfig(environment: Environment): PeopleConfig {
  const settings = parseSettings(peopleSettings, environment);
  return {
    asksPerMinute: settings.MAX_ASKS_PER_PERSON_PER_MINUTE,
    asksPerHour: settings.MAX_ASKS_PER_PERSON_PER_HOUR,
  };
}
