import type { Account } from '../state/account.js';
import { noteAuthentication } from '../state/bindings.js';
import { hasCodes, useCode, wrongCode, type OtpAuthData } from '../state/codes.js';
import { canBePushed, sendPush, type PushOrder } from '../state/pushes.js';
import { keyOf, type CredentialKey, type Push } from '../state/records.js';
import { Refusal } from '../statuses.js';

/**
 * Finds the credential a code belongs to. Wrong codes lock nothing here (KB).
 * @param activate whether an inactive one may prove itself, which makes it active
 * @throws Refusal 600A, 6004, 6006, 600D when none can be used, 6009
 */
export function authenticateByCode(
  account: Account,
  keys: readonly CredentialKey[],
  activate: boolean,
  data: OtpAuthData,
): CredentialKey {
  if (!keys.every(hasCodes)) throw new Refusal('600A');
  const usable = keys
    .map((key) => account.credential(key))
    .filter(({ status }) => status === 'ENABLED' || (activate && status === 'INACTIVE'));
  if (usable.length === 0) throw new Refusal('600D');
  const proven = usable.find((credential) => useCode(account, credential, data));
  if (proven === undefined) throw wrongCode(data);
  if (proven.status === 'INACTIVE') account.setCredentialStatus(proven, 'ENABLED');
  for (const user of account.usersBoundTo(proven)) noteAuthentication(account, user, proven);
  return keyOf(proven);
}

type PushAuthData = Pick<PushOrder, 'displayParameters' | 'requestParameters'>;

/** Sends a push to those of the credentials that can get one. @throws Refusal 6004, 6006, 6008 */
export function authenticateByPush(
  account: Account,
  keys: readonly CredentialKey[],
  activate: boolean,
  data: PushAuthData,
): SentPush {
  for (const key of keys) account.credential(key);
  const credentials = keys.filter((key) => canBePushed(account, key, activate));
  const [first] = credentials;
  if (first === undefined) throw new Refusal('6008');
  const userId = account.usersBoundTo(first)[0]?.userId;
  return sentPush(sendPush(account, { userId, credentials, activate, ...data }));
}

interface SentPush {
  readonly transactionId: string;
  readonly pushDetail: readonly { readonly pushCredentialId: string; readonly pushSent: boolean }[];
}

/** What an answer says about a push that was sent. */
export function sentPush({ transactionId, credentials }: Push): SentPush {
  return {
    transactionId,
    pushDetail: credentials.map(({ credentialId }) => ({ pushCredentialId: credentialId, pushSent: true })),
  };
}
