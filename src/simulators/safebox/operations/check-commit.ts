import type { BoxDraft } from '../state/create-box.js';
import { addTime } from '../state/duration.js';
import { optionsOf, type SecurityOptions, type SecurityProfile } from '../state/security-options.js';
import type { TextKey } from '../texts.js';
import { givenOptions, type CommitFields, type GivenOptions } from '../wire/box-requests.js';
import { parseExpiration } from '../wire/expiration-date.js';
import { accessDenied, incorrect } from '../wire/refusal.js';
import { actingUser } from './access.js';
import type { ApiCall } from './call.js';

/** A commit that may be carried out. @throws Refusal naming every attribute that is wrong */
export function checkCommit({ service, caller }: ApiCall, fields: CommitFields): Omit<BoxDraft, 'ip' | 'at'> {
  const mistakes: Record<string, TextKey[]> = {};
  const reservation = service.findReservation(fields.guid);
  if (reservation === undefined)
    throw incorrect({ guid: [service.world.boxes.has(fields.guid) ? 'taken' : 'invalid'] });
  const owner = actingUser(caller, fields.user_email ?? reservation.user.email);
  if (owner !== reservation.user) throw accessDenied();
  const { enterprise, key, guid } = reservation;

  const profile = enterprise.profiles.find(({ id }) => id === fields.security_profile_id);
  if (profile === undefined || !owner.profileIds.includes(profile.id))
    throw incorrect({ security_profile_id: ['invalid'] });
  const given = givenOptions.parse(fields);
  Object.assign(mistakes, notModifiable(profile, given));
  const options = optionsOf(profile, securityOptionsFrom(given));
  const expiration = expirationOf(service.clock.now(), options, given);
  if (expiration === undefined) mistakes['expiration_date'] ??= ['invalid'];

  const documents = service.temporary.find(guid, fields.document_ids);
  if (documents === undefined) mistakes['document_ids'] = ['invalid'];
  const note = fields.message === '' ? null : (fields.message ?? null);
  if (note === null && fields.document_ids.length === 0) mistakes['message'] = ['blank'];
  // The provider calls this attribute otherwise than the field.
  if (!fields.notification_language) mistakes['language'] = ['blank'];
  Object.assign(
    mistakes,
    recipientMistakes(fields, options),
    keyMistakes(fields, options, key),
    retentionMistakes(options),
  );

  if (Object.keys(mistakes).length > 0 || expiration === undefined || documents === undefined)
    throw incorrect(mistakes);
  return {
    guid,
    key,
    enterprise,
    owner,
    subject: fields.subject ?? null,
    note,
    notificationLanguage: fields.notification_language ?? '',
    emailNotificationEnabled: fields.email_notification_enabled,
    profile,
    options,
    expiration,
    guests: fields.recipients,
    documents,
  };
}

function notModifiable({ modifiable }: SecurityProfile, given: GivenOptions): Record<string, TextKey[]> {
  if (modifiable) return {};
  return Object.fromEntries(Object.keys(given).map((option) => [option, ['notModifiable']]));
}

function securityOptionsFrom(given: GivenOptions): Partial<SecurityOptions> {
  const { expiration_date, expiration_time, expiration_time_zone, ...options } = given;
  const isDated =
    expiration_date !== undefined || expiration_time !== undefined || expiration_time_zone !== undefined;
  const known = Object.entries(options).filter(([, value]) => value !== undefined);
  const ended = isDated ? { expiration_value: null, expiration_unit: null } : {};
  return { ...Object.fromEntries(known), ...ended };
}

function expirationOf(now: number, options: SecurityOptions, given: GivenOptions): number | undefined {
  const { expiration_value: value, expiration_unit: unit } = options;
  const at =
    value !== null && unit !== null
      ? addTime(now, value, unit)
      : parseExpiration(
          given.expiration_date ?? '',
          given.expiration_time ?? '',
          given.expiration_time_zone ?? '',
        );
  // Also when it is not a number.
  return at !== undefined && at > now ? at : undefined;
}

function recipientMistakes(
  { recipients }: CommitFields,
  options: SecurityOptions,
): Record<string, TextKey[]> {
  if (recipients.length === 0) return { recipients: ['blank'] };
  const emails = new Set(recipients.map(({ email }) => email.toLowerCase()));
  if (emails.size < recipients.length) return { email: ['taken'] };
  // Where codes come by telephone alone, a guest without one could never enter.
  const needsPhone = options.two_factor_required && !options.allow_email;
  const lacksPhone = recipients.some(({ contactMethods }) => contactMethods.every(({ remove }) => remove));
  return needsPhone && lacksPhone ? { contact_methods: ['blank'] } : {};
}

function keyMistakes(fields: CommitFields, options: SecurityOptions, key: string): Record<string, TextKey[]> {
  const { public_encryption_key: given } = fields;
  if (given === undefined) return options.double_encryption ? { public_encryption_key: ['blank'] } : {};
  return given === key ? {} : { public_encryption_key: ['invalid'] };
}

function retentionMistakes(options: SecurityOptions): Record<string, TextKey[]> {
  if (options.retention_period_type !== 'retain_at_expiration') return {};
  const missing = (['retention_period_value', 'retention_period_unit'] as const).filter(
    (option) => options[option] === null,
  );
  return Object.fromEntries(missing.map((option) => [option, ['blank']]));
}
