import { ASSUMED } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import { deleteRing, ringsOf } from './key-rings.js';
import type { Account } from './state.js';
import type { World } from './world.js';

const HOUR_MS = 60 * 60 * 1000;

/** Takes every key from a user. Rings are kept back unusable; S/MIME keys are gone for good. */
export function deleteUserKeys(world: World, account: Account): void {
  for (const ring of ringsOf(world, account)) deleteRing(world, account, ring);
  world.state.certificates = world.state.certificates.filter(({ accountId }) => accountId !== account.id);
  world.tokens.revoke(account.id);
}

/** Opens the backups of an address for download. @returns the secret part of the URL. @throws GuardError */
export function exposeBackups(world: World, email: string, contextId: number): string {
  const wanted = email.toLowerCase();
  const backups = world.state.backups.filter(
    (backup) => backup.email.toLowerCase() === wanted && backup.contextId === contextId,
  );
  if (backups.length === 0) throw new GuardError('keyNotFound');
  const token = world.random.bytes(24).toString('base64url');
  const until = world.clock.now() + ASSUMED.exposedKeyHours * HOUR_MS;
  for (const backup of backups) backup.exposed = { token, until };
  return token;
}

/** The armored keys behind an exposed URL; undefined once its time is over. */
export function exposedKeys(world: World, token: string): string | undefined {
  const exposed = world.state.backups.filter(
    (backup) => backup.exposed?.token === token && world.clock.now() < backup.exposed.until,
  );
  return exposed.length === 0 ? undefined : exposed.map(({ armored }) => armored).join('');
}
