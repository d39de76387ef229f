/** How far a message has come with one recipient (dossier section 3.6). */
export const STATUSES = [
  'PENDING',
  'NOTIFIED',
  'DOWNLOADED',
  'SEEN',
  'NOT_SEEN',
  'NOT_NOTIFIED',
  'NOT_DOWNLOADED',
  'NO_DEVICE',
  'FAILED',
  'DISABLED',
  'CANCELLED',
  'APPROVED',
  'DENIED',
] as const;

export type Status = (typeof STATUSES)[number];

/** What a status still open at expiry becomes; `NOT_NOTIFIED` stays as it is. */
const EXPIRED: ReadonlyMap<Status, Status> = new Map([
  ['PENDING', 'NOT_NOTIFIED'],
  ['NOTIFIED', 'NOT_DOWNLOADED'],
  ['DOWNLOADED', 'NOT_SEEN'],
]);

/** The status once the message has expired. */
export function expiredStatus(status: Status): Status {
  return EXPIRED.get(status) ?? status;
}

/** Whether it can still change by itself. `NOT_NOTIFIED` can until expiry: an app may fetch without a push. */
export function isOpen(status: Status, expired: boolean): boolean {
  return EXPIRED.has(status) || (status === 'NOT_NOTIFIED' && !expired);
}
