import { z } from 'zod';
import { readable } from '../../kit/odd-parts.js';
import { date, id, known, optional } from './fields.js';

/** Dossier 3.9. */
export const enterpriseSettings = known({
  defaultSecurityProfileId: optional(id),
  pdfLanguage: optional(z.string()),
  usePdfaAuditRecords: optional(z.boolean()),
  internationalDialingPlan: optional(z.string()),
  extensionFilter: optional(z.object({ mode: z.string(), list: readable(z.string()) })),
  virusScanEnabled: optional(z.boolean()),
  maxFileSizeValue: optional(z.number()),
  maxFileSizeUnit: optional(z.string()),
  includeUsersInAutocomplete: optional(z.boolean()),
  includeFavoritesInAutocomplete: optional(z.boolean()),
  usersPublicUrl: optional(z.boolean()),
  createdAt: optional(date),
  updatedAt: optional(date),
});
export type EnterpriseSettings = z.infer<typeof enterpriseSettings>;

/** Dossier 3.21 with 3.16. */
export const userSettings = known({
  maskNote: optional(z.boolean()),
  openFirstTransaction: optional(z.boolean()),
  markAsRead: optional(z.boolean()),
  markAsReadDelay: optional(z.number()),
  rememberKey: optional(z.boolean()),
  defaultFilter: optional(z.string()),
  recipientLanguage: optional(z.string()),
  secureLink: optional(
    z.object({
      enabled: optional(z.boolean()),
      url: optional(z.string()),
      securityProfileId: optional(id),
    }),
  ),
  createdAt: optional(date),
  updatedAt: optional(date),
});
export type UserSettings = z.infer<typeof userSettings>;

const rule = <Schema extends z.ZodType>(value: Schema) =>
  optional(z.object({ value: optional(value), modifiable: optional(z.boolean()) }));
const flag = () => rule(z.boolean());
const number = () => rule(z.number());
const word = () => rule(z.string());

/** Dossier 3.20: every rule is a value and whether the sender may choose another. */
export const securityProfile = z.object({
  id,
  name: z.string(),
  description: optional(z.string()),
  createdAt: optional(date),
  updatedAt: optional(date),
  allowedLoginAttempts: number(),
  allowRememberMe: flag(),
  allowSms: flag(),
  allowVoice: flag(),
  allowEmail: flag(),
  codeTimeLimit: number(),
  codeLength: number(),
  autoExtendValue: number(),
  autoExtendUnit: word(),
  twoFactorRequired: flag(),
  encryptAttachments: flag(),
  encryptMessage: flag(),
  expirationValue: number(),
  expirationUnit: word(),
  replyEnabled: flag(),
  groupReplies: flag(),
  doubleEncryption: flag(),
  retentionPeriodType: word(),
  retentionPeriodValue: number(),
  retentionPeriodUnit: word(),
  allowManualDelete: flag(),
  allowManualClose: flag(),
  allowForSecureLinks: flag(),
  useCaptcha: flag(),
  verifyEmail: flag(),
  distributeKey: flag(),
  consentGroupId: rule(id),
});
export type SecurityProfile = z.infer<typeof securityProfile>;

export const securityProfiles = z.object({
  default: optional(id),
  securityProfiles: readable(securityProfile),
});

/** Dossier 3.2 and 3.3. */
export const consentGroup = z.object({
  consentMessageGroup: z.object({
    id,
    name: z.string(),
    createdAt: optional(date),
    updatedAt: optional(date),
    consentMessages: readable(
      z.object({
        locale: z.string(),
        value: z.string(),
        createdAt: optional(date),
        updatedAt: optional(date),
      }),
    ),
  }),
});
export type ConsentGroup = z.infer<typeof consentGroup>['consentMessageGroup'];

/** Answer to the token call (dossier op 1). */
export const tokenAnswer = z.union([
  z.object({ result: z.literal(true), token: z.string().regex(/^[!-~]+$/), userId: id }),
  z.object({ result: z.literal(false), code: optional(z.number()) }),
]);
