import { z } from 'zod';
import { RETENTION_TYPES, RETENTION_UNITS, TIME_UNITS } from '../state/security-options.js';
import { guestDraft } from './people-requests.js';
import { needed, neededText } from './request-body.js';

// More of any unit would end beyond the calendar.
const positive = z.int().min(1).max(10_000);

/** The security options a sender may give, flat in the `safebox` object of a commit. */
export const givenOptions = z.object({
  reply_enabled: z.boolean().optional(),
  group_replies: z.boolean().optional(),
  encrypt_message: z.boolean().optional(),
  double_encryption: z.boolean().optional(),
  retention_period_type: z.enum(RETENTION_TYPES).optional(),
  retention_period_value: positive.optional(),
  retention_period_unit: z.enum(RETENTION_UNITS).optional(),
  expiration_value: positive.optional(),
  expiration_unit: z.enum(TIME_UNITS).optional(),
  expiration_date: z.string().optional(),
  expiration_time: z.string().optional(),
  expiration_time_zone: z.string().optional(),
});

export type GivenOptions = z.output<typeof givenOptions>;

/** Body of a commit. A missing language is reported as `language` (dossier op 8), so it is checked elsewhere. */
export const commitRequest = z.object({
  safebox: givenOptions.extend({
    guid: neededText,
    user_email: z.string().optional(),
    subject: z.string().optional(),
    message: z.string().optional(),
    document_ids: z.array(z.string()).default([]),
    security_profile_id: z.int(needed),
    public_encryption_key: z.string().optional(),
    notification_language: z.string().optional(),
    email_notification_enabled: z.boolean().default(true),
    recipients: z.array(guestDraft).default([]),
  }),
});

export type CommitFields = z.output<typeof commitRequest>['safebox'];

/** Body of a reply. */
export const replyRequest = z.object({
  safebox: z.object({
    message: z.string().optional(),
    consent: z.boolean().optional(),
    document_ids: z.array(z.string()).default([]),
  }),
});

/** Body of an extension. */
export const addTimeRequest = z.object({
  safebox: z.object({ add_time_value: positive, add_time_unit: z.enum(TIME_UNITS) }),
});

/** Body of the call that announces one file. */
export const newFileRequest = z.object({
  temporary_document: z.object({ document_file_size: z.int().min(0) }),
});

/** Body of `tag/archive` and `untag/archive`. */
export const archiveRequest = z.object({ user_email: z.string().optional() });
