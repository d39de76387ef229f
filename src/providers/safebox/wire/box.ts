import { z } from 'zod';
import { paged, readable } from '../../kit/odd-parts.js';
import { date, id, optional, word } from './fields.js';
import { participant } from './people.js';

/** Whether there is one; its URL is a permission in itself and goes no further. */
const presence = z
  .string()
  .nullish()
  .transform((url) => typeof url === 'string');

/** One element of the list, and what the info of a SafeBox begins with (dossier 3.18). */
export const boxSummary = z
  .object({
    guid: id,
    userId: optional(id),
    enterpriseId: optional(id),
    subject: optional(z.string()),
    notificationLanguage: optional(z.string()),
    status: word,
    securityProfileName: optional(z.string()),
    unreadCount: optional(z.number()),
    doubleEncryptionStatus: optional(z.string()),
    auditRecordPdf: presence,
    secureLink: optional(z.string()),
    secureLinkTitle: optional(z.string()),
    emailNotificationEnabled: optional(z.boolean()),
    createdAt: optional(date),
    updatedAt: optional(date),
    assignedAt: optional(date),
    latestActivity: optional(date),
    expiration: optional(date),
    closedAt: optional(date),
    contentDeletedAt: optional(date),
  })
  .transform(({ guid, auditRecordPdf, ...rest }) => ({ ...rest, id: guid, hasAuditRecord: auditRecordPdf }));
export type BoxSummary = z.infer<typeof boxSummary>;

/** Dossier 3.19. */
export const securityOptions = z.object({
  replyEnabled: optional(z.boolean()),
  groupReplies: optional(z.boolean()),
  retentionPeriodType: optional(z.string()),
  retentionPeriodValue: optional(z.number()),
  retentionPeriodUnit: optional(z.string()),
  encryptMessage: optional(z.boolean()),
  doubleEncryption: optional(z.boolean()),
  expirationValue: optional(z.number()),
  expirationUnit: optional(z.string()),
  securityCodeLength: optional(z.number()),
  codeTimeLimit: optional(z.number()),
  allowedLoginAttempts: optional(z.number()),
  allowRememberMe: optional(z.boolean()),
  allowSms: optional(z.boolean()),
  allowVoice: optional(z.boolean()),
  allowEmail: optional(z.boolean()),
  twoFactorRequired: optional(z.boolean()),
  autoExtendValue: optional(z.number()),
  autoExtendUnit: optional(z.string()),
  allowManualDelete: optional(z.boolean()),
  allowManualClose: optional(z.boolean()),
  encryptAttachments: optional(z.boolean()),
  consentGroupId: optional(id),
  deleteContentOn: optional(date),
});
export type SecurityOptions = z.infer<typeof securityOptions>;

/** Dossier 3.5; its URL is an address of the API and goes no further. */
export const messageDocument = z.object({
  id,
  name: word,
  sha: optional(z.string()),
  size: optional(z.number()),
});
export type MessageDocument = z.infer<typeof messageDocument>;

/** Dossier 3.14. */
export const message = z.object({
  id,
  note: optional(z.string()),
  noteSize: optional(z.number()),
  read: optional(z.boolean()),
  authorId: optional(id),
  authorType: optional(z.string()),
  createdAt: optional(date),
  documents: optional(readable(messageDocument)),
});
export type Message = z.infer<typeof message>;

const downloadDetail = z.object({
  id,
  documents: readable(
    z
      .object({
        id,
        downloadedBytes: optional(z.number()),
        // Two names in the wild (dossier 3.6).
        downloadDate: optional(date),
        downloadedDate: optional(date),
      })
      .transform(({ downloadDate, downloadedDate, ...rest }) => ({
        ...rest,
        downloadedAt: downloadDate ?? downloadedDate,
      })),
  ),
});
export type DownloadDetail = z.infer<typeof downloadDetail>;

/** Dossier 3.7. */
export const downloadActivity = z.object({
  guests: readable(downloadDetail),
  owner: optional(downloadDetail),
});
export type DownloadActivity = z.infer<typeof downloadActivity>;

/** Dossier 3.10. */
export const historyEvent = z.object({
  type: word,
  date: optional(date),
  metadata: optional(z.record(z.string(), z.unknown())),
  message: optional(z.string()),
});
export type HistoryEvent = z.infer<typeof historyEvent>;

/** What can be asked of one SafeBox besides its summary, by our name. */
export const sections = {
  securityOptions,
  participants: readable(participant),
  messages: readable(message),
  downloadActivity,
  eventHistory: readable(historyEvent),
} as const;
export type Section = keyof typeof sections;
export type SectionValues = { readonly [Name in Section]: z.infer<(typeof sections)[Name]> };
export const SECTION_NAMES: readonly Section[] = [
  'securityOptions',
  'participants',
  'messages',
  'downloadActivity',
  'eventHistory',
];

export const boxInfo = z.object({
  safebox: z.intersection(boxSummary, z.object(sections).partial()),
});

/** One page of the list (dossier op 33). */
export const boxPage = z.object({
  count: z.number(),
  nextPageUrl: optional(z.string()),
  safeboxes: paged(z.object({ safebox: boxSummary })),
});

/** Dossier op 6. */
export const newBox = z.object({
  guid: id,
  publicEncryptionKey: optional(z.string()),
  uploadUrl: optional(z.string()),
});
export type NewBox = z.infer<typeof newBox>;

export const newFile = z.object({ uploadUrl: z.url() });

export const uploadedFile = z.object({ temporaryDocument: z.object({ documentGuid: id }) });

/** Answer to a commit: flat, with the participants' key this once (dossier op 8). */
export const committedBox = z.object({
  guid: id,
  encryptionKey: optional(z.string()),
  previewUrl: optional(z.string()),
});
export type CommittedBox = z.infer<typeof committedBox>;

export const addedTime = z.object({
  result: z.boolean(),
  newExpiration: optional(date),
  expiration: optional(date),
});
