import { revokeKey as revokeMaster, type Key } from 'openpgp';
import { enums } from 'openpgp';
import { ASSUMED, type KeySourceName } from '../assumptions.js';
import { createKey } from '../pgp/create-key.js';
import { readStoredKey } from '../pgp/read-keys.js';
import type { World } from './world.js';

/** How an address outside behaves, by the word its local part begins with (dossier section 7.5). */
interface Trigger {
  readonly source?: KeySourceName;
  readonly guest?: true;
  readonly down?: true;
  readonly state?: 'expired' | 'revoked';
}

const EXACT: ReadonlyMap<string, Trigger> = new Map([['down', { down: true }]]);

const PREFIXES: ReadonlyMap<string, Trigger> = new Map<string, Trigger>([
  ['hkp', { source: 'HKP_PUBLIC_SERVER' }],
  ['wkd', { source: 'WKS_SERVER' }],
  ['uploaded', { source: 'GUARD_USER_UPLOADED' }],
  ['autocrypt', { source: 'AUTOCRYPT_KEY' }],
  ['guest', { source: 'GUARD_KEY_PAIR', guest: true }],
  ['expired', { source: 'GUARD_USER_UPLOADED', state: 'expired' }],
  ['revoked', { source: 'GUARD_USER_UPLOADED', state: 'revoked' }],
]);

/** An address without a trigger is in no directory. */
export function triggerOf(email: string): Trigger | undefined {
  const localPart = (email.split('@', 1)[0] ?? '').toLowerCase();
  const dash = localPart.indexOf('-');
  return EXACT.get(localPart) ?? (dash < 0 ? undefined : PREFIXES.get(localPart.slice(0, dash)));
}

/** What the outside directories answer. A key is made when it is asked for first, and stays the same. */
export async function directoryKey(
  world: World,
  email: string,
): Promise<{ key: Key; source: KeySourceName } | undefined> {
  const trigger = triggerOf(email);
  if (trigger?.source === undefined) return undefined;
  const address = email.toLowerCase();
  const known = world.state.directory[address];
  if (known !== undefined) return { key: await readStoredKey(known), source: trigger.source };
  const made = await makeKey(world, address, trigger);
  // Somebody else may have asked in the meantime.
  const kept = (world.state.directory[address] ??= made.armor());
  return { key: await readStoredKey(kept), source: trigger.source };
}

async function makeKey(world: World, address: string, { state }: Trigger): Promise<Key> {
  const now = world.now();
  const ageMs = state === 'expired' ? (ASSUMED.keyValidSeconds + 86_400) * 1000 : 0;
  const created = new Date(now.getTime() - ageMs);
  const key = await createKey({ name: '', email: address, created, algorithm: 'ecc' });
  if (state !== 'revoked') return key.toPublic();
  const reasonForRevocation = { flag: enums.reasonForRevocation.keyCompromised, string: '' };
  const revoked = await revokeMaster({ key, reasonForRevocation, date: now, format: 'object' });
  return revoked.publicKey;
}
