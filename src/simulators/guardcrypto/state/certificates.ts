import type { KeyObject } from 'node:crypto';
import { ASSUMED } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import { issueMailCertificate } from '../smime/authority.js';
import { certificateFacts, type CertificateFacts } from '../smime/certificate-facts.js';
import { generateRsaKey, lockPrivateKey, unlockPrivateKey } from '../smime/private-key.js';
import type { Identity } from '../smime/read-containers.js';
import { tryPassword } from './password-attempts.js';
import { seal } from './seal.js';
import type { Account, CertificateEntry } from './state.js';
import type { World } from './world.js';

export function certificatesOf(world: World, account: Account): CertificateEntry[] {
  return world.state.certificates.filter(({ accountId }) => accountId === account.id);
}

export function currentCertificate(world: World, account: Account): CertificateEntry | undefined {
  return certificatesOf(world, account).find(({ current }) => current);
}

/** @param serial decimal digits. @throws GuardError */
export function findCertificate(world: World, account: Account, serial: string): CertificateEntry {
  const found = certificatesOf(world, account).find((entry) => factsOf(world, entry).serial === serial);
  if (found === undefined) throw new GuardError('certificateNotFound');
  return found;
}

export function factsOf(
  world: World,
  { certificate }: Pick<CertificateEntry, 'certificate'>,
): CertificateFacts {
  return certificateFacts(certificate, world.clock.now());
}

/** Opens the private key. @throws GuardError as `tryPassword` does. */
export function openCertificate(
  world: World,
  account: Account,
  entry: CertificateEntry,
  password: string | undefined,
): Promise<KeyObject> {
  return tryPassword(world, account, password, async (text) => unlockPrivateKey(entry.key, text));
}

/** Stores a key and its certificate under a password; it becomes current unless it is expired. */
export function addCertificate(
  world: World,
  account: Account,
  { key, certificate }: Identity,
  password: string,
): CertificateEntry {
  const { serial, expired } = certificateFacts(certificate, world.clock.now());
  const others = world.state.certificates.filter(
    (other) => other.accountId !== account.id || factsOf(world, other).serial !== serial,
  );
  const entry: CertificateEntry = {
    accountId: account.id,
    certificate,
    key: lockPrivateKey(key, password),
    current: false,
    ...recovery(world, account, password),
  };
  world.state.certificates = [...others, entry];
  if (!expired) for (const other of certificatesOf(world, account)) other.current = other === entry;
  return entry;
}

/** Has the PKI service certify a new key. */
export async function createCertificate(
  world: World,
  account: Account,
  password: string,
): Promise<CertificateEntry> {
  const { privateKey, publicKey } = await generateRsaKey();
  const notBefore = world.now();
  const certificate = await issueMailCertificate(
    world.state.authority,
    account,
    publicKey.export({ type: 'spki', format: 'der' }),
    { notBefore, notAfter: new Date(notBefore.getTime() + ASSUMED.certificateValidMs) },
  );
  return addCertificate(world, account, { key: privateKey, certificate }, password);
}

/** Certificate and key are gone for good; the newest one left that is good becomes current. */
export function deleteCertificate(world: World, account: Account, entry: CertificateEntry): void {
  world.state.certificates = world.state.certificates.filter((other) => other !== entry);
  const next = certificatesOf(world, account)
    .filter((other) => !factsOf(world, other).expired)
    .at(-1);
  if (entry.current && next !== undefined) next.current = true;
}

/** @param key open. */
export function changeCertificatePassword(
  world: World,
  account: Account,
  entry: CertificateEntry,
  key: KeyObject,
  password: string,
): void {
  entry.key = lockPrivateKey(key, password);
  Object.assign(entry, recovery(world, account, password));
  world.tokens.revoke(account.id, 'SMIME');
}

function recovery(world: World, account: Account, password: string): { recovery?: string } {
  return account.noRecovery ? {} : { recovery: seal(world.state.masterKey, password) };
}
