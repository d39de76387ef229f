import { CHANGE_KINDS } from '../../src/providers/safebox/changes.js';
import type { ChangeKind } from '../../src/providers/safebox/changes.js';
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
  const name = providerStatus.toUpperCase();
  return Object.hasOwn(STATUSES, name) ? name : 'UNKNOWN';
}

export const SafeBoxFilter = describedEnum('SafeBoxFilter', 'By what the list of SafeBoxes is narrowed.', {
  IN_PROGRESS: 'Open ones.',
  CLOSED: 'Closed ones.',
  CONTENT_DELETED: 'Those whose content is deleted.',
  UNREAD: 'Those with unread messages; together with a status, both must hold.',
});

export const SafeBoxTimeUnit = describedEnum('SafeBoxTimeUnit', 'A unit of time.', {
  HOURS: 'Hours.',
  DAYS: 'Days.',
  WEEKS: 'Weeks.',
  MONTHS: 'Months.',
  YEARS: 'Years; for retention only.',
});

export const SafeBoxRetention = describedEnum(
  'SafeBoxRetention',
  'What happens to the content when a SafeBox closes.',
  {
    DISCARD_AT_EXPIRATION: 'It is deleted at once.',
    RETAIN_AT_EXPIRATION: 'It is kept for the retention period.',
    DO_NOT_DISCARD: 'It is kept until somebody deletes it.',
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
  },
);

export const SafeBoxChangeKind = describedEnum('SafeBoxChangeKind', 'What has changed.', CHANGE_KINDS);
export type { ChangeKind };

/** The word of the wire for an enum value of ours. */
export function toWireWord(value: string): string;
export function toWireWord(value: string | null | undefined): string | null;
export function toWireWord(value: string | null | undefined): string | null {
  return value?.toLowerCase() ?? null;
}
