import { randomBytes } from 'node:crypto';
import { enums, revokeKey, type Key, type PrivateKey } from 'openpgp';
import { createKey } from './pgp/create-key.js';
import { signedKeyId } from './pgp/key-id.js';
import { lockKey } from './pgp/lock-key.js';
import { createAuthority, issueMailCertificate, type StoredAuthority } from './smime/authority.js';
import { generateRsaKey, lockPrivateKey } from './smime/private-key.js';
import { generatePasswordKey } from './state/encrypted-password.js';
import { seal } from './state/seal.js';
import type { Account, CertificateEntry, Ring, State } from './state/state.js';

/** Passwords of the seeds: they protect nothing but this stand-in. */
const APP_SUITE_PASSWORD = 'appsuite-pw';
const KEY_PASSWORD = 'key-pw';
const SMIME_PASSWORD = 'smime-pw';

/** Fixed, so that a test's clock may stand anywhere after it. */
const CREATED = new Date('2026-01-01T00:00:00Z');
/** Of a ring that is good for ten years: it is over. */
const LONG_AGO = new Date('2015-06-01T00:00:00Z');
const AUTHORITY_VALID = {
  notBefore: new Date('2020-01-01T00:00:00Z'),
  notAfter: new Date('2046-01-01T00:00:00Z'),
};
const CERTIFICATE_VALID = { notBefore: CREATED, notAfter: new Date('2036-01-01T00:00:00Z') };
const CERTIFICATE_EXPIRED = {
  notBefore: new Date('2022-01-01T00:00:00Z'),
  notAfter: new Date('2025-01-01T00:00:00Z'),
};

/** Somebody of the first context who may do everything, and has no keys yet. */
export function newAccount(
  id: number,
  who: Pick<Account, 'name' | 'email' | 'appSuitePassword'> & Partial<Account>,
): Account {
  return {
    id,
    contextId: 1,
    locale: 'en_US',
    noRecovery: false,
    noDeletePrivate: false,
    canCreateCertificates: true,
    wrongPasswords: 0,
    lockedUntil: 0,
    ...who,
  };
}

const user = (id: number, name: string, localPart: string, special: Partial<Account> = {}): Account =>
  newAccount(id, {
    ...{ name, email: `${localPart}@example.com`, appSuitePassword: APP_SUITE_PASSWORD },
    ...special,
  });

const anton = user(7, 'Anton Berg', 'anton');
const berta = user(8, 'Berta Celik', 'berta', { secondaryEmail: 'berta@private.example' });
const carl = user(9, 'Carl Dahl', 'carl', { noRecovery: true, canCreateCertificates: false });
const dora = user(10, 'Dora Ek', 'dora', { noDeletePrivate: true });
const guest = user(10_001, 'Guest One', 'guest1', {
  contextId: -1,
  email: 'guest1@outside.example',
  canCreateCertificates: false,
  guest: { itemId: 'item-1', pin: '1234', passwordSet: false },
});
delete guest.appSuitePassword;

/** Makes the users of dossier section 7.4, with real keys (the slow ones in the thread pool). */
export async function seedState(): Promise<State> {
  const masterKey = randomBytes(32).toString('base64');
  const [passwordKey, authority, rings] = await Promise.all([
    generatePasswordKey(),
    createAuthority('Sim CA', AUTHORITY_VALID),
    seedRings(masterKey),
  ]);
  return {
    version: 1,
    masterKey,
    passwordKey,
    authority,
    accounts: structuredClone([anton, berta, carl, dora, guest]),
    rings,
    externalKeys: [],
    backups: [],
    certificates: await seedCertificates(authority, masterKey),
    recipientCertificates: [],
    directory: {},
  };
}

async function seedRings(masterKey: string): Promise<Ring[]> {
  const [antonKey, oldKey, bertaKey, doraKey, guestKey] = await Promise.all([
    newKey(anton, 'rsa'),
    newKey(anton, 'ecc', LONG_AGO),
    keyWithId(berta, (id) => id > BigInt(Number.MAX_SAFE_INTEGER)),
    keyWithId(dora, (id) => id < 0n),
    newKey(guest, 'ecc'),
  ]);
  const certified: Key = await bertaKey.signPrimaryUser([antonKey], CREATED);
  const reasonForRevocation = { flag: enums.reasonForRevocation.keyCompromised, string: '' };
  const revoked = await revokeKey({ key: doraKey, reasonForRevocation, date: CREATED, format: 'object' });
  const ring = async (account: Account, key: Key, created = CREATED, current = true): Promise<Ring> => ({
    accountId: account.id,
    armored: key.isPrivate() ? await lockKey(key, KEY_PASSWORD) : key.armor(),
    current,
    passwordChangedAt: created.getTime(),
    recovery: seal(masterKey, KEY_PASSWORD),
  });
  return Promise.all([
    ring(anton, oldKey, LONG_AGO, false),
    ring(anton, antonKey),
    ring(berta, certified),
    ring(dora, revoked.privateKey),
    ring(guest, guestKey),
  ]);
}

// Both certificates are of one key: the older was renewed.
async function seedCertificates(authority: StoredAuthority, masterKey: string): Promise<CertificateEntry[]> {
  const { privateKey, publicKey } = await generateRsaKey();
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const entry = async (validity: typeof CERTIFICATE_VALID, current: boolean): Promise<CertificateEntry> => ({
    accountId: anton.id,
    certificate: await issueMailCertificate(authority, anton, spki, validity),
    key: lockPrivateKey(privateKey, SMIME_PASSWORD),
    current,
    recovery: seal(masterKey, SMIME_PASSWORD),
  });
  return Promise.all([entry(CERTIFICATE_EXPIRED, false), entry(CERTIFICATE_VALID, true)]);
}

function newKey(account: Account, algorithm: 'rsa' | 'ecc', created = CREATED): Promise<PrivateKey> {
  const { name, email } = account;
  return createKey({ name, email, created, algorithm });
}

// Half of all ids are negative and nearly all are beyond 2^53: one or two tries do.
async function keyWithId(account: Account, wanted: (id: bigint) => boolean): Promise<PrivateKey> {
  for (;;) {
    const key = await newKey(account, 'ecc');
    if (wanted(signedKeyId(key.getKeyID()))) return key;
  }
}
