/** Status of one recipient, exactly as on the wire (dossier 3.6). */
export const RECIPIENT_STATUSES = {
  PENDING: 'Accepted by the provider, nothing has reached the phone yet.',
  NOTIFIED: 'The push reached the phone.',
  DOWNLOADED: 'The app has fetched the text; the answer is outstanding.',
  SEEN: 'Read.',
  NOT_SEEN: 'Never read.',
  NOT_NOTIFIED: 'The push did not arrive; the app may still fetch the message until it expires.',
  NOT_DOWNLOADED: 'The push arrived, the text was never fetched.',
  NO_DEVICE: 'Not sent: the person has no device that can receive messages.',
  FAILED: 'Not sent: technical failure at the provider.',
  DISABLED: 'Not sent: the person is switched off by the account.',
  CANCELLED: 'Withdrawn by the sender.',
  APPROVED: 'The person said yes.',
  DENIED: 'The person said no.',
} as const;

export type RecipientStatus = keyof typeof RECIPIENT_STATUSES;

const OPEN: ReadonlySet<string> = new Set(['PENDING', 'NOTIFIED', 'DOWNLOADED']);

export function isKnownStatus(status: string): status is RecipientStatus {
  return Object.hasOwn(RECIPIENT_STATUSES, status);
}

/**
 * Whether a status will not change any more (dossier section 5). The sources disagree on NOT_NOTIFIED:
 * it counts as open until the message expires (doubt D2). An unknown status never counts as final.
 */
export function isFinalStatus(status: string, expired: boolean): boolean {
  if (status === 'NOT_NOTIFIED') return expired;
  return isKnownStatus(status) && !OPEN.has(status);
}
