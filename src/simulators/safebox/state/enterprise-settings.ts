import { z } from 'zod';

/** Settings of one account, named as on the wire (dossier 3.9). */
export const enterpriseSettingsSchema = z.strictObject({
  default_security_profile_id: z.int().nullable(),
  pdf_language: z.string(),
  use_pdfa_audit_records: z.boolean(),
  international_dialing_plan: z.string(),
  extension_filter: z.strictObject({ mode: z.enum(['allow', 'forbid']), list: z.array(z.string()) }),
  virus_scan_enabled: z.boolean(),
  max_file_size_value: z.int().nullable(),
  max_file_size_unit: z.enum(['KB', 'MB', 'GB']).nullable(),
  include_users_in_autocomplete: z.boolean(),
  include_favorites_in_autocomplete: z.boolean(),
  users_public_url: z.boolean(),
});

export type EnterpriseSettings = z.infer<typeof enterpriseSettingsSchema>;

const ACME_SETTINGS: EnterpriseSettings = {
  default_security_profile_id: 10,
  pdf_language: 'en',
  use_pdfa_audit_records: false,
  international_dialing_plan: 'ca',
  extension_filter: { mode: 'forbid', list: ['bat', 'bin'] },
  virus_scan_enabled: false,
  max_file_size_value: null,
  max_file_size_unit: null,
  include_users_in_autocomplete: true,
  include_favorites_in_autocomplete: true,
  users_public_url: true,
};

/** By permalink, as they are before somebody changes them. */
export function seededSettings(): Record<string, EnterpriseSettings> {
  return { acme: { ...ACME_SETTINGS }, globex: { ...ACME_SETTINGS, default_security_profile_id: null } };
}
