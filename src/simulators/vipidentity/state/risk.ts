import { createHash } from 'node:crypto';
import { ALPHANUMERIC, DIGITS, randomText } from '../../kit/random.js';
import { ASSUMED, STATED } from '../assumptions.js';
import { Refusal } from '../statuses.js';
import type { Account } from './account.js';
import { bind } from './bindings.js';
import type { Binding, User } from './records.js';

const KEPT_EVENTS = 100;

export type RiskEvent = User['riskEvents'][number];

/** The user's binding to the device that says this about itself, if it is a remembered one. */
export function rememberedDevice(
  account: Account,
  user: User,
  iaAuthData: string | undefined,
): Binding | undefined {
  if (iaAuthData === undefined) return undefined;
  const fingerprint = fingerprintOf(iaAuthData);
  return user.bindings.find((binding) => account.findCredential(binding)?.fingerprint === fingerprint);
}

/** Why a sign-in is risky; undefined when it is not. */
export function riskReason(ip: string, iaAuthData: string | undefined): string | undefined {
  if (ip === ASSUMED.blockedIp) return 'Blocked IP';
  return iaAuthData === undefined ? 'Device Recognition' : undefined;
}

export function addRiskEvent(account: Account, user: User): RiskEvent {
  const { random } = account.world;
  const event: RiskEvent = {
    // Never with a zero in front, so that it survives being read as a number.
    eventId: `${randomText(random, 1, '123456789')}${randomText(random, 16, DIGITS)}`,
    createdAt: account.now(),
    tagId: randomText(random, 10, ALPHANUMERIC),
  };
  user.riskEvents = [...user.riskEvents, event].slice(-KEPT_EVENTS);
  return event;
}

/** @throws Refusal 600B when this user has no such event */
export function requireRiskEvent(user: User, eventId: string): RiskEvent {
  const event = user.riskEvents.find((candidate) => candidate.eventId === eventId);
  if (event === undefined) throw new Refusal('600B');
  return event;
}

/** What the caller of denyRisk wants remembered. */
export interface DeviceWishes {
  readonly remember: boolean;
  readonly iaAuthData: string | undefined;
  readonly friendlyName: string | undefined;
}

/** Makes the device of an event a remembered one; the answer says whether, or why not (dossier section 3.17). */
export function rememberDevice(account: Account, user: User, event: RiskEvent, wishes: DeviceWishes): string {
  if (!wishes.remember) return 'REMEMBER_DEVICE_NOT_REQUESTED';
  if (wishes.iaAuthData === undefined) return 'NO_TAG_PROVIDED';
  if (account.now() - event.createdAt > STATED.deviceTagMs) return 'TAG_EXPIRED';
  const known = rememberedDevice(account, user, wishes.iaAuthData);
  if (known !== undefined) {
    if (wishes.friendlyName !== undefined) known.friendlyName = wishes.friendlyName;
    return 'SUCCESS';
  }
  const device = account.addCredential({ credentialType: 'IA', credentialId: event.tagId }, 'ENABLED');
  device.fingerprint = fingerprintOf(wishes.iaAuthData);
  bind(account, user, device, { friendlyName: wishes.friendlyName });
  return 'SUCCESS';
}

// What a browser tells about itself is personal: only what recognises it again is kept.
function fingerprintOf(iaAuthData: string): string {
  return createHash('sha256').update(iaAuthData).digest('hex');
}
