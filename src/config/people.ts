import type { Environment } from './environment.js';
import { wholeNumber } from './fields.js';
import { parseSettings } from './settings.js';

/** Most within a minute and an hour; 0: as often as somebody likes. */
export interface RingLimitConfig {
  readonly perMinute: number;
  readonly perHour: number;
}

/** How often one person may be rung, whoever does it. */
export interface PeopleConfig {
  /** Asked to approve something. */
  readonly ask: RingLimitConfig;
  /** Sent a code. */
  readonly code: RingLimitConfig;
  /** Told of something by mail. */
  readonly notice: RingLimitConfig;
}

const count = () => wholeNumber(0, 1_000_000);
const TOGETHER = 'by all callers together and over all processes. 0 takes the limit away.';
const withinAnHour = 'The same within an hour. 0 takes the limit away.';

export const peopleSettings = {
  MAX_ASKS_PER_PERSON_PER_MINUTE: count()
    .default(10)
    .describe(
      `How often one person may be asked to approve something, by a 2FA message or a push, within a minute, ${TOGETHER}`,
    ),
  MAX_ASKS_PER_PERSON_PER_HOUR: count().default(60).describe(withinAnHour),
  MAX_CODES_PER_PERSON_PER_MINUTE: count()
    .default(5)
    .describe(
      `How often one person, or telephone, may be sent a code, PIN or password within a minute, ${TOGETHER}`,
    ),
  MAX_CODES_PER_PERSON_PER_HOUR: count().default(20).describe(withinAnHour),
  MAX_NOTICES_PER_PERSON_PER_MINUTE: count()
    .default(30)
    .describe(
      `How often one person may be sent an invitation to a SafeBox, and the people of one SafeBox be told of a reply, within a minute, ${TOGETHER}`,
    ),
  MAX_NOTICES_PER_PERSON_PER_HOUR: count().default(300).describe(withinAnHour),
};

/** @throws ConfigError */
export function readPeopleConfig(environment: Environment): PeopleConfig {
  const settings = parseSettings(peopleSettings, environment);
  return {
    ask: {
      perMinute: settings.MAX_ASKS_PER_PERSON_PER_MINUTE,
      perHour: settings.MAX_ASKS_PER_PERSON_PER_HOUR,
    },
    code: {
      perMinute: settings.MAX_CODES_PER_PERSON_PER_MINUTE,
      perHour: settings.MAX_CODES_PER_PERSON_PER_HOUR,
    },
    notice: {
      perMinute: settings.MAX_NOTICES_PER_PERSON_PER_MINUTE,
      perHour: settings.MAX_NOTICES_PER_PERSON_PER_HOUR,
    },
  };
}
