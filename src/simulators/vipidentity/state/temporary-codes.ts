import { DIGITS, randomText } from '../../kit/random.js';
import { STATED } from '../assumptions.js';
import { Refusal } from '../statuses.js';
import type { Account } from './account.js';
import type { User } from './records.js';

export interface TemporaryCodeWishes {
  /** Milliseconds since the epoch. */
  readonly expirationTime?: number | undefined;
  readonly oneTimeUseOnly?: boolean | undefined;
}

/** The user's temporary code, unless there is none or it expired. */
export function temporaryCode(account: Account, user: User): User['temporaryCode'] {
  const code = user.temporaryCode;
  return code !== undefined && account.now() < code.expiresAt ? code : undefined;
}

/** @throws Refusal 6017 */
export function requireTemporaryCode(account: Account, user: User): NonNullable<User['temporaryCode']> {
  const code = temporaryCode(account, user);
  if (code === undefined) throw new Refusal('6017');
  return code;
}

/**
 * Sets or replaces the code.
 * @param value default a new one @throws Refusal 600B when the expiry is past or too far ahead
 */
export function setTemporaryCode(
  account: Account,
  user: User,
  value: string | undefined,
  wishes: TemporaryCodeWishes,
): string {
  const code = {
    value: value ?? randomText(account.world.random, 6, DIGITS),
    expiresAt: expiry(account, wishes) ?? account.now() + STATED.temporaryCode.defaultMs,
    oneTimeUseOnly: wishes.oneTimeUseOnly ?? false,
  };
  user.temporaryCode = code;
  return code.value;
}

/** Changes what is given and keeps the rest. @throws Refusal 6017, 600B */
export function changeTemporaryCode(account: Account, user: User, wishes: TemporaryCodeWishes): void {
  const code = requireTemporaryCode(account, user);
  code.expiresAt = expiry(account, wishes) ?? code.expiresAt;
  code.oneTimeUseOnly = wishes.oneTimeUseOnly ?? code.oneTimeUseOnly;
}

function expiry(account: Account, { expirationTime }: TemporaryCodeWishes): number | undefined {
  if (expirationTime === undefined) return undefined;
  const ahead = expirationTime - account.now();
  if (ahead <= 0 || ahead > STATED.temporaryCode.maxMs) throw new Refusal('600B');
  return expirationTime;
}
