import { STATED } from '../assumptions.js';
import { Refusal } from '../statuses.js';
import type { Account } from './account.js';
import { enabledCredentials, newAuthnId, noteAuthentication } from './bindings.js';
import { keyOf, type Credential, type CredentialKey, type CredentialType, type User } from './records.js';
import { temporaryCode } from './temporary-codes.js';

/** One code, or two consecutive ones. */
export interface OtpAuthData {
  readonly otp: string;
  readonly otp2?: string | undefined;
}

const OTP_TYPES: ReadonlySet<CredentialType> = new Set([
  'STANDARD_OTP',
  'SMS_OTP',
  'VOICE_OTP',
  'SERVICE_OTP',
]);

export function hasCodes({ credentialType }: CredentialKey): boolean {
  return OTP_TYPES.has(credentialType);
}

/** Checks a code against one credential; a right one is used up. */
export function useCode(account: Account, credential: Credential, { otp, otp2 }: OtpAuthData): boolean {
  const now = account.now();
  if (credential.credentialType === 'STANDARD_OTP') {
    const codes = otp2 === undefined ? [otp] : [otp, otp2];
    const after = credential.lastTimeStep ?? -1;
    const step = account.world.tokens.check(credential.credentialId, codes, now, after);
    if (step === undefined) return false;
    if (step > 0) credential.lastTimeStep = step;
    return true;
  }
  const sent = credential.sentCode;
  if (sent === undefined || sent.value !== otp || sent.expiresAt <= now) return false;
  delete credential.sentCode;
  return true;
}

/** The answer to a wrong code; the detail is missing when it could never be one (dossier section 4.3). */
export function wrongCode({ otp, otp2 = '' }: OtpAuthData): Refusal {
  return /[A-Za-z]/.test(otp + otp2) ? new Refusal('6009') : new Refusal('6009', '49B5');
}

/** What a right code proved. A temporary code belongs to no credential. */
export interface CodeProof {
  readonly authnId: string;
  readonly credential: CredentialKey | undefined;
}

/**
 * Checks a code against all credentials of an active user. Ten wrong ones in a row lock them and the user.
 * @throws Refusal 6007 without any credential, 6008 without an enabled one, 6009
 */
export function useUserCode(account: Account, user: User, data: OtpAuthData): CodeProof {
  const temporary = temporaryCode(account, user);
  if (temporary !== undefined && temporary.value === data.otp) {
    if (temporary.oneTimeUseOnly) delete user.temporaryCode;
    user.wrongCodes = 0;
    return { authnId: newAuthnId(account), credential: undefined };
  }
  const usable = enabledCredentials(account, user).filter(hasCodes);
  if (usable.length === 0 && temporary === undefined)
    throw new Refusal(user.bindings.length === 0 ? '6007' : '6008');
  const credential = usable.find((candidate) => useCode(account, candidate, data));
  if (credential === undefined) {
    countWrongCode(account, user, usable);
    throw wrongCode(data);
  }
  credential.wrongCodes = 0;
  user.wrongCodes = 0;
  delete user.temporaryCode;
  return { authnId: noteAuthentication(account, user, credential), credential: keyOf(credential) };
}

/** Lifts the lock of a user and of their credentials (assumed). */
export function unlock(account: Account, user: User): void {
  user.wrongCodes = 0;
  for (const binding of user.bindings) {
    const credential = account.findCredential(binding);
    if (credential?.status === 'LOCKED') account.setCredentialStatus(credential, 'ENABLED');
  }
}

function countWrongCode(account: Account, user: User, tried: readonly Credential[]): void {
  for (const credential of tried) {
    credential.wrongCodes += 1;
    if (credential.wrongCodes >= STATED.wrongCodes) account.setCredentialStatus(credential, 'LOCKED');
  }
  user.wrongCodes += 1;
  if (user.wrongCodes >= STATED.wrongCodes) user.status = 'LOCKED';
}
