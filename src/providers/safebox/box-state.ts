import type { BoxInfo } from './boxes.js';
import type { BoxSummary, Section } from './wire/box.js';

/** What a SafeBox looks like to those who watch it; no text of its content. Types, not interfaces, so that they count as JSON. */
export type BoxState = {
  readonly summary: BoxSummary;
  readonly messages: readonly MessageState[];
  readonly participants: readonly ParticipantState[];
  readonly downloads: readonly DownloadState[];
};

export type MessageState = { readonly id: string; readonly read: boolean | null };

export type ParticipantState = {
  readonly id: string;
  readonly locked: boolean;
  readonly bouncedEmail: boolean;
  readonly verified: boolean;
  readonly failedLoginAttempts: number;
  readonly messageReadCount: number;
};

export type DownloadState = {
  readonly participantId: string;
  readonly documentId: string;
  readonly downloadedBytes: number;
};

/** The sections a state is made of. */
export const STATE_SECTIONS = [
  'participants',
  'messages',
  'downloadActivity',
] as const satisfies readonly Section[];

export function toBoxState(info: BoxInfo): BoxState {
  const {
    participants = [],
    messages = [],
    downloadActivity,
    securityOptions: _o,
    eventHistory: _h,
    ...summary
  } = info;
  const details = [
    ...(downloadActivity?.guests ?? []),
    ...(downloadActivity?.owner ? [downloadActivity.owner] : []),
  ];
  return {
    summary,
    messages: messages.map(({ id, read }) => ({ id, read })),
    participants: participants.map(({ id, guestOptions: guest, messageReadCount }) => ({
      id,
      locked: guest?.locked ?? false,
      bouncedEmail: guest?.bouncedEmail ?? false,
      verified: guest?.verified ?? false,
      failedLoginAttempts: guest?.failedLoginAttempts ?? 0,
      messageReadCount: messageReadCount ?? 0,
    })),
    downloads: details.flatMap(({ id: participantId, documents }) =>
      documents
        .filter(({ downloadedBytes }) => (downloadedBytes ?? 0) > 0)
        .map(({ id: documentId, downloadedBytes }) => ({
          participantId,
          documentId,
          downloadedBytes: downloadedBytes ?? 0,
        })),
    ),
  };
}
