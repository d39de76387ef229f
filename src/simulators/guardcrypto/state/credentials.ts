import { ASSUMED } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import { changeCertificatePassword, currentCertificate, openCertificate } from './certificates.js';
import { changeRingPassword, currentRing, generatePassword, openRing } from './key-rings.js';
import { unseal } from './seal.js';
import type { Account } from './state.js';
import type { CryptoType } from './tokens.js';
import type { World } from './world.js';

/** The current key of one type, opened with its password. */
interface OpenCredential {
  changePassword(password: string): Promise<void>;
}

/** Opens the current key. @throws GuardError when there is none, the password is wrong or the account is locked. */
export async function openCredential(
  world: World,
  account: Account,
  type: CryptoType,
  password: string | undefined,
): Promise<OpenCredential> {
  if (type === 'SMIME') {
    const entry = currentCertificate(world, account);
    if (entry === undefined) throw new GuardError('certificateNotFound');
    const key = await openCertificate(world, account, entry, password);
    return { changePassword: async (next) => changeCertificatePassword(world, account, entry, key, next) };
  }
  const ring = currentRing(world, account);
  if (ring === undefined) throw new GuardError('keyNotFound');
  const key = await openRing(world, account, ring, password);
  return { changePassword: (next) => changeRingPassword(world, account, ring, key, next) };
}

export function hasCredential(world: World, account: Account, type: CryptoType): boolean {
  return current(world, account, type) !== undefined;
}

/** Whether a lost password can be replaced. */
export function canRecover(world: World, account: Account, type: CryptoType): boolean {
  return !account.noRecovery && keptPassword(world, account, type) !== undefined;
}

/** The current password, as far as the server keeps it. */
export function keptPassword(world: World, account: Account, type: CryptoType): string | undefined {
  const kept = current(world, account, type);
  return kept?.recovery === undefined ? undefined : unseal(world.state.masterKey, kept.recovery);
}

/** Replaces a lost password by a new one and mails that. @returns what the wire says about where it went. */
export async function resetPassword(world: World, account: Account, type: CryptoType): Promise<string> {
  const password = keptPassword(world, account, type);
  if (account.noRecovery || password === undefined) return ASSUMED.answers.noRecovery;
  account.lockedUntil = 0;
  const credential = await openCredential(world, account, type, password);
  const secret = generatePassword(world);
  await credential.changePassword(secret);
  const to = account.secondaryEmail ?? account.email;
  world.outbox.send({ to, kind: 'passwordReset', secret, sentAt: world.now().toISOString() });
  return account.secondaryEmail === undefined
    ? ASSUMED.answers.resetToPrimary
    : ASSUMED.answers.resetToSecondary;
}

function current(
  world: World,
  account: Account,
  type: CryptoType,
): { recovery?: string | undefined } | undefined {
  return type === 'SMIME' ? currentCertificate(world, account) : currentRing(world, account);
}
