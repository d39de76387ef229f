import { SEEDED_AT, type ConsentGroup, type User } from '../state/directory.js';
import type { EnterpriseSettings } from '../state/enterprise-settings.js';
import type { SecurityProfile } from '../state/security-options.js';
import { date } from './date.js';

const STAMPS = { created_at: date(SEEDED_AT), updated_at: date(SEEDED_AT) };

export function enterpriseSettingsJson(settings: EnterpriseSettings): unknown {
  return { ...settings, ...STAMPS };
}

/** Every rule is an object of value and `modifiable`: two published clients break on anything else. */
export function securityProfileJson({ id, name, description, values, modifiable }: SecurityProfile): unknown {
  const rules = Object.entries<unknown>({ ...values }).map(
    ([key, value]) => [key, { value, modifiable }] as const,
  );
  return { id, name, description, ...STAMPS, ...Object.fromEntries(rules) };
}

export function consentGroupJson({ id, name, messages }: ConsentGroup): unknown {
  return {
    consent_message_group: {
      id,
      name,
      ...STAMPS,
      consent_messages: Object.entries(messages).map(([locale, value]) => ({ locale, value, ...STAMPS })),
    },
  };
}

/** @param server URL of the server, without a trailing slash. */
export function userSettingsJson(user: User, server: string): unknown {
  return {
    mask_note: false,
    open_first_transaction: false,
    mark_as_read: true,
    mark_as_read_delay: 5,
    remember_key: true,
    default_filter: 'everything',
    recipient_language: null,
    always_promote_as_privileged: false,
    secure_link: {
      enabled: true,
      url: `${server}/r/${user.secureLink}`,
      security_profile_id: user.profileIds[0] ?? null,
    },
    ...STAMPS,
  };
}
