import type { Key } from 'openpgp';
import { TRUST_LEVELS, TRUSTED_FROM, type KeySourceName } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import { canEncrypt } from '../pgp/key-facts.js';
import { readStoredKey } from '../pgp/read-keys.js';
import { directoryKey, triggerOf } from './directory.js';
import { heldKeysFor } from './external-keys.js';
import { giveKey } from './give-key.js';
import { ringsOf } from './key-rings.js';
import type { Account } from './state.js';
import type { World } from './world.js';

/** What is known of a recipient's key. */
export interface Recipient {
  /** Public. */
  readonly key?: Key;
  readonly guest: boolean;
  /** A key would have to be made, or was made just now. */
  readonly newKey: boolean;
  readonly newCreated: boolean;
  readonly source?: KeySource;
}

/** `KeySource` of the wire. */
export interface KeySource {
  readonly name: KeySourceName;
  readonly trustLevel: number;
  readonly trusted: boolean;
}

/**
 * Looks for the key to encrypt to: the recipient's own, one the asking user holds, then the directories.
 * @param create whether a recipient without any gets one, and outside the App Suite an account with it.
 * @throws GuardError when a directory does not answer.
 */
export async function findRecipient(
  world: World,
  asking: Account,
  email: string,
  create: boolean,
): Promise<Recipient> {
  const trigger = triggerOf(email);
  if (trigger?.down === true) throw new GuardError('serviceDown');
  const account = world.accountOf(email);
  const found =
    (account === undefined ? undefined : await ownKey(world, account)) ??
    (await heldKey(world, asking, email)) ??
    (await directoryEntry(world, email));
  const known = account?.guest === undefined && (account !== undefined || found !== undefined);
  const guest = trigger?.guest ?? !known;
  if (found !== undefined) return { ...found, guest, newKey: false, newCreated: false };
  if (!create) return { guest, newKey: true, newCreated: false };
  const key = (await readStoredKey((await giveKey(world, email)).armored)).toPublic();
  return { key, guest, newKey: true, newCreated: true, source: source('GUARD_KEY_PAIR') };
}

type Found = Required<Pick<Recipient, 'key' | 'source'>>;

// A user's current key, else a newer one before an older; never one that nobody could use.
async function ownKey(world: World, account: Account): Promise<Found | undefined> {
  const rings = ringsOf(world, account).reverse();
  for (const ring of [...rings.filter(({ current }) => current), ...rings]) {
    const key = await readStoredKey(ring.armored);
    if (key.isPrivate() && (await canEncrypt(key, world.now())))
      return { key: key.toPublic(), source: source('GUARD_KEY_PAIR') };
  }
  return undefined;
}

async function heldKey(world: World, asking: Account, email: string): Promise<Found | undefined> {
  const held = await heldKeysFor(world, asking, email);
  const uploaded = held.filter(({ entry }) => entry.source === 'uploaded');
  const collected = held.filter(({ entry }) => entry.source === 'autocrypt');
  for (const { entry, key } of [...uploaded, ...collected]) {
    if (!(await canEncrypt(key, world.now()))) continue;
    if (entry.source === 'uploaded') return { key, source: source('GUARD_USER_UPLOADED') };
    return { key, source: source(entry.verified ? 'AUTOCRYPT_KEY_USER_VERIFIED' : 'AUTOCRYPT_KEY') };
  }
  return undefined;
}

async function directoryEntry(world: World, email: string): Promise<Found | undefined> {
  const entry = await directoryKey(world, email);
  return entry === undefined ? undefined : { key: entry.key, source: source(entry.source) };
}

function source(name: KeySourceName): KeySource {
  const trustLevel = TRUST_LEVELS[name];
  return { name, trustLevel, trusted: trustLevel >= TRUSTED_FROM };
}
