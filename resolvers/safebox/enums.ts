import { CHANGE_KINDS } from '../../src/providers/safebox/changes.js';
import type { ChangeKind } from '../../src/providers/safebox/changes.js';
import { invalidInput } from '../../src/provider-error.js';
import { describedEnum } from '../../src/subgraph/described-enum.js';

const STATUSES = {
  IN_PROGRESS: 'Open: people can read, reply and be added.',
  CLOSED: 'Closed: nobody can contribute; the owner still reads.',
  CONTENT_DELETED: 'Its content is deleted; activity and audit record remain. Final.',
  UNKNOWN: 'A status this graph does not know; see `providerStatus`.',
} as const;

export const SafeBoxStatus = describedEnum('SafeBoxStatus', 'Where a SafeBox stands in its life.', STATUSES);

/** The status on the wire as one of the graph. */
export function toStatus(providerStatus: string): string {
  return fromWireWord(STATUSES, providerStatus);
}

export const SafeBoxFilter = describedEnum('SafeBoxFilter', 'By what the list of SafeBoxes is narrowed.', {
  IN_PROGRESS: 'Open ones.',
  CLOSED: 'Closed ones.',
  CONTENT_DELETED: 'Those whose content is deleted.',
  UNREAD: 'Those with unread messages; together with a status, both must hold.',
});

const UNKNOWN = {
  UNKNOWN: "A word this graph does not know; see the provider's beside it. Cannot be given.",
};

export const SafeBoxTimeUnit = describedEnum('SafeBoxTimeUnit', 'A unit of time.', {
  HOURS: 'Hours.',
  DAYS: 'Days.',
  WEEKS: 'Weeks.',
  MONTHS: 'Months.',
  YEARS: 'Years; for retention only.',
  ...UNKNOWN,
});

export const SafeBoxRetention = describedEnum(
  'SafeBoxRetention',
  'What happens to the content when a SafeBox closes.',
  {
    DISCARD_AT_EXPIRATION: 'It is deleted at once.',
    RETAIN_AT_EXPIRATION: 'It is kept for the retention period.',
    DO_NOT_DISCARD: 'It is kept until somebody deletes it.',
    ...UNKNOWN,
  },
);

export const SafeBoxPhoneType = describedEnum(
  'SafeBoxPhoneType',
  'What sort of telephone a number belongs to.',
  {
    HOME_PHONE: 'At home.',
    CELL_PHONE: 'Mobile.',
    OFFICE_PHONE: 'At work.',
    OTHER_PHONE: 'Any other.',
    ...UNKNOWN,
  },
);

export const SafeBoxChangeKind = describedEnum('SafeBoxChangeKind', 'What has changed.', CHANGE_KINDS);
export type { ChangeKind };

/** The value of an enum of ours for a word of the wire. */
export function fromWireWord(values: Readonly<Record<string, string>>, word: string): string;
export function fromWireWord(values: Readonly<Record<string, string>>, word: string | null): string | null;
export function fromWireWord(values: Readonly<Record<string, string>>, word: string | null): string | null {
  if (word === null) return null;
  const name = word.toUpperCase();
  return Object.hasOwn(values, name) ? name : 'UNKNOWN';
}

/** @throws ProviderError INVALID_INPUT for UNKNOWN, which cannot be given */
export function requireKnown(path: readonly string[], value: string | null | undefined): void {
  if (value === 'UNKNOWN')
    throw invalidInput(path, 'NOT_ALLOWED', `${path.at(-1) ?? 'it'} must not be UNKNOWN.`);
}

/** The word of the wire for an enum value of ours. */
export function toWireWord(value: string): string;
export function toWireWord(value: string | null | undefined): string | null;
export function toWireWord(value: string | null | undefined): string | null {
  return value?.toLowerCase() ?? null;
}
