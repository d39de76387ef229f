import type { Key } from 'openpgp';
import { ASSUMED } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import { describePublicRing } from '../pgp/describe-ring.js';
import { addresses } from '../pgp/key-facts.js';
import { readStoredKey } from '../pgp/read-keys.js';
import type { Account, ExternalKey } from './state.js';
import type { World } from './world.js';

/** A foreign key somebody holds, and the key itself. */
export interface HeldKey {
  readonly entry: ExternalKey;
  readonly key: Key;
}

/** The foreign keys an account holds, of one source or of both. */
export async function heldKeys(
  world: World,
  account: Account,
  source?: ExternalKey['source'],
): Promise<HeldKey[]> {
  const entries = world.state.externalKeys.filter(
    (entry) => entry.ownerId === account.id && (source === undefined || entry.source === source),
  );
  return Promise.all(entries.map(async (entry) => ({ entry, key: await readStoredKey(entry.armored) })));
}

/** Those an account holds for an address. */
export async function heldKeysFor(world: World, account: Account, address: string): Promise<HeldKey[]> {
  const held = await heldKeys(world, account);
  return held.filter(({ key }) => addresses(key).includes(address.toLowerCase()));
}

/** @param ids what a ring's `ids` said. @throws GuardError */
export async function findHeldKey(
  world: World,
  account: Account,
  source: ExternalKey['source'],
  ids: string,
): Promise<HeldKey> {
  const held = await heldKeys(world, account, source);
  const found = held.find(({ key }) => handle(key) === ids.toLowerCase());
  if (found === undefined) throw new GuardError('keyNotFound');
  return found;
}

/** Stores a foreign key; one with the same fingerprint and source is replaced and its marks are kept. */
export async function holdKey(
  world: World,
  account: Account,
  key: Key,
  source: ExternalKey['source'],
  lastSeenAt: number,
): Promise<HeldKey> {
  const armored = key.toPublic().armor();
  const held = await heldKeys(world, account, source);
  const known = held.find((other) => other.key.getFingerprint() === key.getFingerprint());
  if (known !== undefined) {
    Object.assign(known.entry, { armored, lastSeenAt });
    return { entry: known.entry, key };
  }
  const entry: ExternalKey = {
    ownerId: account.id,
    armored,
    source,
    inline: false,
    shareLevel: 0,
    verified: false,
    lastSeenAt,
  };
  world.state.externalKeys.push(entry);
  return { entry, key };
}

export function dropKey(world: World, { entry }: HeldKey): void {
  world.state.externalKeys = world.state.externalKeys.filter((other) => other !== entry);
}

/** `ExternalPublicKeyRing` of the wire. */
export async function describeHeldKey({ entry, key }: HeldKey, now: Date): Promise<unknown> {
  return {
    ids: handle(key),
    shareLevel: entry.shareLevel,
    inline: entry.inline,
    owned: true,
    shared: entry.shareLevel > 0,
    guardKey: false,
    publicRing: await describePublicRing(key, now),
  };
}

/** The same for another Guard user's own key, which nobody uploaded. */
export async function describeGuardKey(key: Key, now: Date): Promise<unknown> {
  return {
    ids: handle(key),
    shareLevel: 0,
    inline: false,
    owned: false,
    shared: false,
    guardKey: true,
    publicRing: await describePublicRing(key.toPublic(), now),
  };
}

function handle(key: Key): string {
  return key
    .getKeyIDs()
    .map((id) => id.toHex())
    .join(ASSUMED.idSeparator);
}
