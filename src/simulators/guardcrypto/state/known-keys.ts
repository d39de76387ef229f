import type { Key } from 'openpgp';
import { readStoredKey } from '../pgp/read-keys.js';
import { heldKeys } from './external-keys.js';
import type { Account } from './state.js';
import type { World } from './world.js';

/** Every key a user's signatures are looked up among: own and other users' rings, and the foreign keys held. */
export async function knownKeys(world: World, account: Account): Promise<Key[]> {
  const own = world.state.rings.filter(({ accountId }) => accountId === account.id);
  const others = world.state.rings.filter(({ accountId }) => accountId !== account.id);
  const held = await heldKeys(world, account);
  const rings = await Promise.all([...own, ...others].map(({ armored }) => readStoredKey(armored)));
  return [...rings, ...held.map(({ key }) => key)];
}
