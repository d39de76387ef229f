import type { ProfileValues, SecurityProfile } from './security-options.js';

const EMAIL_ONLY: ProfileValues = {
  allowed_login_attempts: 3,
  allow_remember_me: false,
  allow_sms: false,
  allow_voice: false,
  allow_email: true,
  code_time_limit: 5,
  code_length: 4,
  auto_extend_value: 3,
  auto_extend_unit: 'days',
  two_factor_required: true,
  encrypt_attachments: true,
  encrypt_message: false,
  expiration_value: 7,
  expiration_unit: 'days',
  reply_enabled: true,
  group_replies: false,
  double_encryption: false,
  retention_period_type: 'discard_at_expiration',
  retention_period_value: null,
  retention_period_unit: null,
  allow_manual_delete: true,
  allow_manual_close: true,
  allow_for_secure_links: true,
  use_captcha: false,
  verify_email: false,
  distribute_key: true,
  consent_group_id: null,
};

/** The default of the demo account. */
export const DEFAULT_PROFILE: SecurityProfile = {
  id: 10,
  name: 'email-only',
  description: '',
  values: EMAIL_ONLY,
  modifiable: true,
};

/** 11 is the strict one, 12 wants consent and keeps the content for thirty days. */
export const ACME_PROFILES: readonly SecurityProfile[] = [
  DEFAULT_PROFILE,
  {
    id: 11,
    name: 'strict',
    description: 'Code by SMS, content readable with the key alone',
    values: {
      ...EMAIL_ONLY,
      allow_sms: true,
      allow_email: false,
      code_length: 6,
      encrypt_message: true,
      double_encryption: true,
      allow_manual_close: false,
      allow_manual_delete: false,
      allow_for_secure_links: false,
    },
    modifiable: false,
  },
  {
    id: 12,
    name: 'with-consent',
    description: 'Replies need consent',
    values: {
      ...EMAIL_ONLY,
      consent_group_id: 1,
      retention_period_type: 'retain_at_expiration',
      retention_period_value: 30,
      retention_period_unit: 'days',
    },
    modifiable: true,
  },
];

export const GLOBEX_PROFILES: readonly SecurityProfile[] = [
  { id: 20, name: 'standard', description: '', values: EMAIL_ONLY, modifiable: true },
];
