import type { BoxState, ParticipantState } from './box-state.js';
import type { BoxSummary } from './wire/box.js';

/** What can change about a SafeBox (dossier 5.2), and how it is told. */
export const CHANGE_KINDS = {
  ADDED: 'It is new in the list.',
  REMOVED: 'It is no longer in the list.',
  STATUS: 'It was closed, or its content deleted; from and to are the statuses on the wire.',
  DEADLINE: 'It closes at another time; from and to are ISO 8601.',
  UNREAD_COUNT: 'It has more or fewer unread messages; from and to are counts.',
  NOTIFICATIONS: 'E-mails about it were turned on or off; from and to are `true` or `false`.',
  ACTIVITY: 'Something happened in it; from and to are ISO 8601.',
  KEY_STATUS:
    'The key of its double encryption was supplied or is required; from and to are words of the provider.',
  AUDIT_RECORD: 'Its audit record can be downloaded.',
  MESSAGE_ADDED: 'There is a new message.',
  MESSAGE_READ: 'A message was marked as read or unread; to is `true` or `false`.',
  PARTICIPANT_ADDED: 'Somebody takes part who did not.',
  PARTICIPANT_LOCKED: 'Somebody lost access or got it back; to is `true` or `false`.',
  PARTICIPANT_BOUNCED: 'The invitation of somebody came back.',
  PARTICIPANT_VERIFIED: 'Somebody entered for the first time.',
  PARTICIPANT_FAILED_LOGIN: 'Somebody tried to enter and failed; from and to are counts.',
  PARTICIPANT_READ: 'Somebody has read messages; from and to are counts.',
  DOCUMENT_DOWNLOADED: 'Somebody has downloaded a document; from and to are bytes.',
} as const;

export type ChangeKind = keyof typeof CHANGE_KINDS;

/** One thing that is different now. */
export type BoxChange = {
  readonly kind: ChangeKind;
  readonly boxId: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly participantId?: string;
  readonly messageId?: string;
  readonly documentId?: string;
};

/** The part of a summary whose changes are told. */
export type Watched = Pick<
  BoxSummary,
  'status' | 'expiration' | 'unreadCount' | 'latestActivity' | 'doubleEncryptionStatus' | 'hasAuditRecord'
>;

const WATCHED: readonly (readonly [keyof Watched, ChangeKind])[] = [
  ['status', 'STATUS'],
  ['expiration', 'DEADLINE'],
  ['unreadCount', 'UNREAD_COUNT'],
  ['doubleEncryptionStatus', 'KEY_STATUS'],
  ['hasAuditRecord', 'AUDIT_RECORD'],
  ['latestActivity', 'ACTIVITY'],
];

/** What differs between two summaries of one SafeBox. */
export function summaryChanges(boxId: string, before: Watched, after: Watched): BoxChange[] {
  return WATCHED.flatMap(([field, kind]) => changed(kind, boxId, before[field], after[field]));
}

/** What differs between two states of one SafeBox. */
export function boxChanges(before: BoxState, after: BoxState): BoxChange[] {
  const boxId = after.summary.id;
  const messages = byId(before.messages);
  const participants = byId(before.participants);
  const downloads = new Map(before.downloads.map((download) => [downloadKey(download), download]));
  return [
    ...summaryChanges(boxId, before.summary, after.summary),
    ...changed(
      'NOTIFICATIONS',
      boxId,
      before.summary.emailNotificationEnabled,
      after.summary.emailNotificationEnabled,
    ),
    ...after.messages.flatMap(({ id: messageId, read }): BoxChange[] => {
      const known = messages.get(messageId);
      const change = known
        ? changed('MESSAGE_READ', boxId, known.read, read)
        : [{ kind: 'MESSAGE_ADDED' as const, boxId, from: null, to: null }];
      return change.map((entry) => ({ ...entry, messageId }));
    }),
    ...after.participants.flatMap((participant): BoxChange[] => {
      const known = participants.get(participant.id);
      const change = known
        ? participantChanges(boxId, known, participant)
        : [{ kind: 'PARTICIPANT_ADDED' as const, boxId, from: null, to: null }];
      return change.map((entry) => ({ ...entry, participantId: participant.id }));
    }),
    ...after.downloads.flatMap((download) =>
      changed(
        'DOCUMENT_DOWNLOADED',
        boxId,
        downloads.get(downloadKey(download))?.downloadedBytes ?? 0,
        download.downloadedBytes,
      ).map((entry) => ({
        ...entry,
        participantId: download.participantId,
        documentId: download.documentId,
      })),
    ),
  ];
}

function participantChanges(boxId: string, before: ParticipantState, after: ParticipantState): BoxChange[] {
  return [
    ...changed('PARTICIPANT_LOCKED', boxId, before.locked, after.locked),
    ...changed('PARTICIPANT_BOUNCED', boxId, before.bouncedEmail, after.bouncedEmail),
    ...changed('PARTICIPANT_VERIFIED', boxId, before.verified, after.verified),
    ...changed('PARTICIPANT_FAILED_LOGIN', boxId, before.failedLoginAttempts, after.failedLoginAttempts),
    ...changed('PARTICIPANT_READ', boxId, before.messageReadCount, after.messageReadCount),
  ];
}

type Value = string | number | boolean | null;

function changed(kind: ChangeKind, boxId: string, from: Value, to: Value): BoxChange[] {
  return from === to ? [] : [{ kind, boxId, from: worded(from), to: worded(to) }];
}

function worded(value: Value): string | null {
  return value === null ? null : String(value);
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

function downloadKey({ participantId, documentId }: BoxState['downloads'][number]): string {
  return `${participantId} ${documentId}`;
}
