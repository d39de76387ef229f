import { ASSUMED } from '../assumptions.js';
import { GuardError } from '../guard-error.js';
import type { Account } from './state.js';
import type { World } from './world.js';

/** The key password that locks an account at once. */
const LOCKING_PASSWORD = 'lockme';

/**
 * Tries a key password. Wrong ones are counted and lock the account for a while; a right one resets the count.
 * @param password undefined when it could not be decrypted, which counts as wrong.
 * @param open what the password opens, undefined when it does not.
 * @throws GuardError `lockedOut`, whatever the password, or `badPassword`.
 */
export async function tryPassword<Opened>(
  world: World,
  account: Account,
  password: string | undefined,
  open: (password: string) => Promise<Opened | undefined>,
): Promise<Opened> {
  const lock = (): never => {
    account.lockedUntil = world.clock.now() + ASSUMED.lockMs;
    account.wrongPasswords = 0;
    throw new GuardError('lockedOut');
  };
  if (world.clock.now() < account.lockedUntil) throw new GuardError('lockedOut');
  if (password === LOCKING_PASSWORD) lock();
  const opened = password === undefined ? undefined : await open(password);
  if (opened !== undefined) {
    account.wrongPasswords = 0;
    return opened;
  }
  account.wrongPasswords += 1;
  if (account.wrongPasswords >= ASSUMED.wrongPasswordLimit) lock();
  throw new GuardError('badPassword');
}
