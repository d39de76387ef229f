import { ASSUMED } from '../assumptions.js';
import { Refusal } from '../statuses.js';
import type { Account } from './account.js';
import type { User } from './records.js';

/**
 * Sets a PIN. The policy (assumed): at most 16 characters, not all the same.
 * @throws Refusal 6021 when the account has no PINs, 6020 when the policy forbids this one
 */
export function setPin(account: Account, user: User, value: string, once: boolean): void {
  checkNewPin(account, value);
  user.pin = { value, once, expiresAt: account.now() + ASSUMED.pin.lifetimeMs };
}

/** @throws Refusal like `setPin`, before anything is changed */
export function checkNewPin(account: Account, value: string): void {
  if (!account.plan.pinsEnabled) throw new Refusal('6021');
  const characters = [...value];
  if (characters.length > ASSUMED.pin.maxLength || new Set(characters).size === 1) throw new Refusal('6020');
}

/** @throws Refusal 6021 when the account has no PINs, 601F when it is wrong or there is none */
export function checkPin(account: Account, user: User, value: string): void {
  if (!account.plan.pinsEnabled) throw new Refusal('6021');
  if (user.pin?.value !== value) throw new Refusal('601F');
}

/** The expiry of a PIN just used, as answers tell it. One that is good once expires now. */
export function usePin(
  account: Account,
  user: User,
): { isPinExpired: boolean; pinExpirationTime: number } | undefined {
  const { pin } = user;
  if (pin === undefined) return undefined;
  if (pin.once) {
    pin.once = false;
    pin.expiresAt = account.now();
  }
  return { isPinExpired: pin.expiresAt <= account.now(), pinExpirationTime: pin.expiresAt };
}
