import type { Key, PrivateKey } from 'openpgp';
import { randomText, ALPHANUMERIC } from '../../kit/random.js';
import { ASSUMED } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import { lockKey, unlockKey } from '../pgp/lock-key.js';
import { readStoredKey } from '../pgp/read-keys.js';
import { tryPassword } from './password-attempts.js';
import { seal } from './seal.js';
import type { Account, Ring } from './state.js';
import type { World } from './world.js';

export function ringsOf(world: World, account: Account): Ring[] {
  return world.state.rings.filter((ring) => ring.accountId === account.id);
}

export function currentRing(world: World, account: Account): Ring | undefined {
  return ringsOf(world, account).find((ring) => ring.current);
}

/** @param keyId 16 hex digits, of the master or of any subkey; the current ring when undefined. @throws GuardError */
export async function findRing(world: World, account: Account, keyId: string | undefined): Promise<Ring> {
  const rings = keyId === undefined ? [currentRing(world, account)] : ringsOf(world, account);
  for (const ring of rings) {
    if (ring === undefined) continue;
    if (keyId === undefined || hasKey(await readStoredKey(ring.armored), keyId)) return ring;
  }
  throw new GuardError('keyNotFound');
}

export function hasKey(key: Key, keyId: string): boolean {
  return key.getKeyIDs().some((id) => id.toHex() === keyId);
}

/** Opens the private half. @throws GuardError as `tryPassword` does. */
export function openRing(
  world: World,
  account: Account,
  ring: Ring,
  password: string | undefined,
): Promise<PrivateKey> {
  return tryPassword(world, account, password, async (text) =>
    unlockKey(await readStoredKey(ring.armored), text),
  );
}

/** Stores an open private key under a password; it becomes the account's current ring. */
export async function addPrivateRing(
  world: World,
  account: Account,
  key: PrivateKey,
  password: string,
): Promise<Ring> {
  const ring: Ring = {
    accountId: account.id,
    armored: await lockKey(key, password),
    current: true,
    passwordChangedAt: world.clock.now(),
    ...recovery(world, account, password),
  };
  await replace(world, account, ring, key);
  for (const other of ringsOf(world, account)) other.current = other === ring;
  return ring;
}

/** Stores a public key alone; it is never current. Of a key whose private half is here, it brings what is new. */
export async function addPublicRing(world: World, account: Account, key: Key): Promise<Ring> {
  const known = await sameRing(world, account, key);
  if (known?.armored.includes('PRIVATE KEY')) {
    const stored = await readStoredKey(known.armored);
    known.armored = (await stored.update(key.toPublic())).armor();
    return known;
  }
  const ring: Ring = {
    accountId: account.id,
    armored: key.toPublic().armor(),
    current: false,
    passwordChangedAt: world.clock.now(),
  };
  await replace(world, account, ring, key);
  return ring;
}

/** Puts an open key back after a change, under the password it had. */
export async function updateRing(ring: Ring, key: PrivateKey, password: string): Promise<void> {
  ring.armored = await lockKey(key, password);
}

/** @param key open. */
export async function changeRingPassword(
  world: World,
  account: Account,
  ring: Ring,
  key: PrivateKey,
  password: string,
): Promise<void> {
  await updateRing(ring, key, password);
  ring.passwordChangedAt = world.clock.now();
  Object.assign(ring, recovery(world, account, password));
  world.tokens.revoke(account.id, 'PGP');
}

/** Takes a ring out of use; what is left of the private ones, the newest, becomes current. A copy is kept back. */
export function deleteRing(world: World, account: Account, ring: Ring): void {
  const { id: accountId, contextId, email } = account;
  world.state.backups.push({ accountId, contextId, email, armored: ring.armored });
  world.state.rings = world.state.rings.filter((other) => other !== ring);
  const next = ringsOf(world, account)
    .filter((other) => other.armored.includes('PRIVATE KEY'))
    .at(-1);
  if (ring.current && next !== undefined) next.current = true;
}

/** A password nobody chose. */
export function generatePassword(world: World): string {
  return randomText(world.random, ASSUMED.generatedPasswordLength, ALPHANUMERIC);
}

function recovery(world: World, account: Account, password: string): { recovery?: string } {
  return account.noRecovery ? {} : { recovery: seal(world.state.masterKey, password) };
}

// A ring uploaded again takes the place of the old copy.
async function replace(world: World, account: Account, ring: Ring, key: Key): Promise<void> {
  const old = await sameRing(world, account, key);
  world.state.rings = [...world.state.rings.filter((other) => other !== old), ring];
}

async function sameRing(world: World, account: Account, key: Key): Promise<Ring | undefined> {
  const fingerprint = key.getFingerprint();
  for (const ring of ringsOf(world, account))
    if ((await readStoredKey(ring.armored)).getFingerprint() === fingerprint) return ring;
  return undefined;
}
