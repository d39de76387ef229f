import { BlockList, isIPv6 } from 'node:net';
import { ASSUMED } from '../assumptions.js';
import { sealCtr, sealGcm } from '../crypto/envelope.js';
import { forbidden, unauthorized } from '../wire/refusal.js';
import type { Team, TokenRecord } from './records.js';
import { deviceAddress, ensureSubscriber } from './subscribers.js';
import { ensureContact } from './teams.js';
import { issueToken } from './tokens.js';
import type { World } from './world.js';

/** A login from this device comes from outside, whatever its address. */
const FOREIGN_DEVICE = 'foreign-ip';

/** Contact role of a device. */
const DEVICE_ROLE = 6;

export interface DeviceLogin {
  readonly teamId: number;
  readonly device: string;
  readonly ip: string;
  /** Not tied to the address. */
  readonly roaming: boolean;
}

/** Signs a device in by the team's locator key and its address. @returns base64, cipher as `version` says. @throws Refusal */
export function signInTrusted(world: World, team: Team, login: DeviceLogin, version: 2 | 3): string {
  if (login.device === FOREIGN_DEVICE || !isTrusted(login.ip))
    throw unauthorized('The address is outside the trusted range');
  const answer = JSON.stringify({ access_token: signInDevice(world, login).text });
  const { locatorKey } = team;
  const envelope =
    version === 3
      ? sealGcm(world.random, locatorKey, answer)
      : sealCtr(world.random, locatorKey.replace(/^\.A/, ''), answer);
  return envelope.toString('base64');
}

/** A full access token of a device. */
export function signInDevice(world: World, { teamId, device, ip, roaming }: DeviceLogin): TokenRecord {
  const user = deviceAddress(device);
  ensureSubscriber(world, { user, identity: 'device', firstName: device, validated: true });
  return issueToken(world, {
    kind: 'access',
    subjects: [user],
    identity: 'device',
    teamId,
    ...(roaming ? {} : { boundIp: ip }),
  });
}

/** Makes the caller a member of its team's dashboard, under this name. @throws Refusal unless it is a device */
export function announceDevice(
  world: World,
  { subjects: [user = ''], teamId, identity }: TokenRecord,
  name: { readonly firstName: string; readonly lastName: string; readonly phone: string },
): void {
  if (teamId === undefined || identity !== 'device') throw forbidden('Only a device can be announced');
  ensureContact(world, {
    ...name,
    teamId,
    email: user,
    title: '',
    role: DEVICE_ROLE,
    notifications: 0,
    status: 'Validated',
    lastLoginAt: world.now(),
  });
}

const trusted = new BlockList();
for (const range of ASSUMED.trustedRanges) {
  const [address = '', bits = ''] = range.split('/');
  trusted.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
}

function isTrusted(ip: string): boolean {
  return trusted.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
}
