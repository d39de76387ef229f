import type { PersonChange } from '../../src/providers/safebox/people.js';
import type { SafeBoxContentInput } from './content.input.js';

const OWN = [
  'subject',
  'message',
  'recipients',
  'securityProfileId',
  'notificationLanguage',
  'isEmailNotificationEnabled',
  'userEmail',
];
const OPTIONS =
  /^(isReplyEnabled|hasGroupReplies|hasEncryptedMessages|hasDoubleEncryption|retentionPeriod\w+|expiration\w+)$/;
const OF_PEOPLE = [
  'email',
  'firstName',
  'lastName',
  'companyName',
  'contactMethods',
  'isPrivileged',
  'isLocked',
];
const OF_NUMBERS = ['destination', 'destinationType'];

/** What the graph calls otherwise than the provider. */
const NAMES = new Map([
  ['emailNotificationEnabled', 'isEmailNotificationEnabled'],
  ['replyEnabled', 'isReplyEnabled'],
  ['groupReplies', 'hasGroupReplies'],
  ['encryptMessage', 'hasEncryptedMessages'],
  ['doubleEncryption', 'hasDoubleEncryption'],
  ['privileged', 'isPrivileged'],
  ['locked', 'isLocked'],
]);

/**
 * Where in the input of an opening stands what the provider calls so; undefined for what the caller has not given.
 * Of recipients the provider does not say which: it is named when there is one alone who can be meant.
 */
export function pathOf(
  wireName: string,
  input: SafeBoxContentInput & { readonly draftId?: string },
): readonly string[] | undefined {
  const field = NAMES.get(wireName) ?? wireName;
  if (OWN.includes(field)) return [field];
  if (OPTIONS.test(field)) return ['securityOptions', chosen(field, input)];
  if (OF_PEOPLE.includes(field) || OF_NUMBERS.includes(field)) return pathOfRecipient(field, input);
  if (field === 'guid') return input.draftId === undefined ? undefined : ['draftId'];
  if (field === 'documentIds') return [input.uploads.length > 0 ? 'uploads' : 'files'];
  return undefined;
}

/** The option that was given; of those that say one thing in several ways, the provider may name another. */
function chosen(field: string, { securityOptions }: SafeBoxContentInput): string {
  const isGiven = ([, value]: [string, unknown]): boolean => value !== undefined && value !== null;
  const given = Object.entries(securityOptions ?? {})
    .filter(isGiven)
    .map(([name]) => name);
  const kind = /^(expiration|retentionPeriod)/.exec(field)?.[0];
  if (kind === undefined || given.includes(field)) return field;
  return given.find((name) => name.startsWith(kind)) ?? field;
}

/** The same of one person. Of telephone numbers, too, the provider does not say which. */
export function pathOfPerson(
  wireName: string,
  { contactMethods }: PersonChange,
): readonly string[] | undefined {
  const field = NAMES.get(wireName) ?? wireName;
  if (!OF_NUMBERS.includes(field)) return OF_PEOPLE.includes(field) ? [field] : undefined;
  const [only, ...more] = contactMethods ?? [];
  return only && more.length === 0 ? ['contactMethods', '0', field] : ['contactMethods'];
}

function pathOfRecipient(field: string, { recipients }: SafeBoxContentInput): readonly string[] {
  const meant = recipients.flatMap((recipient, index) =>
    field === 'contactMethods' && (recipient.contactMethods?.length ?? 0) > 0 ? [] : [String(index)],
  );
  const [only] = meant;
  const person = meant.length === 1 && only !== undefined ? recipients[Number(only)] : undefined;
  return person && only ? ['recipients', only, ...(pathOfPerson(field, person) ?? [])] : ['recipients'];
}

/** A path within one field of the input. */
export function under(field: string, path: readonly string[] | undefined): readonly string[] | undefined {
  return path && [field, ...path];
}
