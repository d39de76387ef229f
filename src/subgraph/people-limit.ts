import type { AttemptPolicy, SecretCheck } from './attempt-limit.js';

/** A person whose attention a command takes. */
export interface AskedPerson {
  /** Who, for example provider and address, spelled in one way; only its hash is kept. */
  readonly subject: readonly string[];
  /** The input field that names them, outermost first. */
  readonly path: readonly string[];
}

/** How often one person may be asked, over each of several windows. */
export type PeoplePolicy = readonly AttemptPolicy[];

/** @param limits most asks within a minute and an hour; 0 is no limit */
export function toPeoplePolicy(limits: {
  readonly asksPerMinute: number;
  readonly asksPerHour: number;
}): PeoplePolicy {
  return [
    { limit: limits.asksPerMinute, windowMs: 60_000 },
    { limit: limits.asksPerHour, windowMs: 3_600_000 },
  ].filter(({ limit }) => limit > 0);
}

/** Every ask counts, answered or not: it is the asking that bothers. */
export function peopleChecks(people: readonly AskedPerson[], policy: PeoplePolicy): SecretCheck[] {
  return people.flatMap(({ subject, path }) =>
    policy.map((window) => ({
      subject: ['asked', `${window.windowMs}`, ...subject],
      policy: window,
      counts: 'ALL' as const,
      refusal: { path, message: 'This person was asked too often; try again later.' },
    })),
  );
}
