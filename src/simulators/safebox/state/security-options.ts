import { z } from 'zod';

export const TIME_UNITS = ['hours', 'days', 'weeks', 'months'] as const;
export const RETENTION_UNITS = ['hours', 'days', 'weeks', 'months', 'years'] as const;
export const RETENTION_TYPES = ['discard_at_expiration', 'retain_at_expiration', 'do_not_discard'] as const;

export type TimeUnit = (typeof RETENTION_UNITS)[number];

/** The rules one SafeBox lives by, named as on the wire (dossier 3.19). */
export const securityOptionsSchema = z.object({
  security_code_length: z.int().nullable(),
  code_time_limit: z.int().nullable(),
  allowed_login_attempts: z.int().nullable(),
  allow_remember_me: z.boolean(),
  allow_sms: z.boolean(),
  allow_voice: z.boolean(),
  allow_email: z.boolean(),
  two_factor_required: z.boolean(),
  reply_enabled: z.boolean(),
  group_replies: z.boolean(),
  encrypt_attachments: z.boolean(),
  encrypt_message: z.boolean(),
  double_encryption: z.boolean(),
  auto_extend_value: z.int().nullable(),
  auto_extend_unit: z.enum(TIME_UNITS),
  expiration_value: z.int().nullable(),
  expiration_unit: z.enum(TIME_UNITS).nullable(),
  retention_period_type: z.enum(RETENTION_TYPES),
  retention_period_value: z.int().nullable(),
  retention_period_unit: z.enum(RETENTION_UNITS).nullable(),
  allow_manual_delete: z.boolean(),
  allow_manual_close: z.boolean(),
  consent_group_id: z.int().nullable(),
});

export type SecurityOptions = z.infer<typeof securityOptionsSchema>;

/** What a security profile says, named as on the wire (dossier 3.20). */
export interface ProfileValues extends Omit<SecurityOptions, 'security_code_length'> {
  readonly code_length: number | null;
  readonly allow_for_secure_links: boolean;
  readonly use_captcha: boolean;
  readonly verify_email: boolean;
  readonly distribute_key: boolean;
}

export interface SecurityProfile {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly values: ProfileValues;
  /** Whether a sender may override the values; the same for all of one profile. */
  readonly modifiable: boolean;
}

/** The rules of a new SafeBox: those of its profile, where the sender gave none. */
export function optionsOf({ values }: SecurityProfile, given: Partial<SecurityOptions>): SecurityOptions {
  const { code_length, ...rest } = values;
  return securityOptionsSchema.parse({ ...rest, security_code_length: code_length, ...given });
}
