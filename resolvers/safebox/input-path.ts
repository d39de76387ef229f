import type { SafeBoxContentInput } from './content.input.js';

const OWN = ['subject', 'message', 'recipients', 'securityProfileId', 'notificationLanguage', 'userEmail'];
const OPTIONS =
  /^(replyEnabled|groupReplies|encryptMessage|doubleEncryption|retentionPeriod\w+|expiration\w+)$/;
const OF_RECIPIENTS = ['email', 'firstName', 'lastName', 'companyName', 'contactMethods', 'privileged'];

/**
 * Where in the input of an opening stands what the provider calls so; undefined for what the caller has not given.
 * Of recipients the provider does not say which: it is named when there is one alone who can be meant.
 */
export function pathOf(
  field: string,
  input: SafeBoxContentInput & { readonly draftId?: string },
): readonly string[] | undefined {
  if (OWN.includes(field)) return [field];
  if (OPTIONS.test(field)) return ['securityOptions', field];
  if (OF_RECIPIENTS.includes(field)) return pathOfRecipient(field, input);
  if (field === 'guid') return input.draftId === undefined ? undefined : ['draftId'];
  if (field === 'documentIds') return [input.uploads.length > 0 ? 'uploads' : 'files'];
  return undefined;
}

function pathOfRecipient(field: string, { recipients }: SafeBoxContentInput): readonly string[] {
  const meant = recipients.flatMap((recipient, index) =>
    field === 'contactMethods' && (recipient.contactMethods?.length ?? 0) > 0 ? [] : [String(index)],
  );
  const [only] = meant;
  return meant.length === 1 && only !== undefined ? ['recipients', only, field] : ['recipients'];
}
