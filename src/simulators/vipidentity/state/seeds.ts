import type { Account } from './account.js';
import { bind, checkBindable } from './bindings.js';
import { newCode } from './phones.js';
import { setPin } from './pins.js';
import type { CredentialKey, UserStatus } from './records.js';

interface UserSeed {
  readonly userId: string;
  readonly status?: UserStatus;
  readonly pin?: string | undefined;
  readonly credentials: readonly (CredentialKey & { readonly friendlyName?: string | undefined })[];
}

const token = (credentialId: string, friendlyName: string) =>
  ({ credentialType: 'STANDARD_OTP', credentialId, friendlyName }) as const;

/** The users of the main account at first start (dossier section 7.7). */
const USERS: readonly UserSeed[] = [
  {
    userId: 'ana+approve@example.com',
    credentials: [
      token('VSMT12345678', 'work phone'),
      { credentialType: 'SMS_OTP', credentialId: '16505551212' },
    ],
  },
  { userId: 'bob+deny@example.com', credentials: [token('SYMC21519954', 'phone')] },
  {
    userId: 'cid+pending@example.com',
    credentials: [
      token('VSMT23456789', 'tablet'),
      { credentialType: 'VOICE_OTP', credentialId: '16505551213' },
    ],
  },
  { userId: 'dora@example.com', credentials: [] },
  { userId: 'eve@example.com', status: 'LOCKED', credentials: [token('VSST11112222', 'key fob')] },
  { userId: 'finn@example.com', status: 'DISABLED', credentials: [token('VSMT34567890', 'phone')] },
  { userId: 'gina@example.com', pin: '4711', credentials: [token('VSST43994978', 'key fob')] },
];

const SERVICE_OTP: CredentialKey = { credentialType: 'SERVICE_OTP', credentialId: 'SVC00000001' };

/** Fills the main account of a new world. */
export function plantSeeds(account: Account): void {
  for (const user of USERS) plantUser(account, user);
  newCode(account, account.addCredential(SERVICE_OTP, 'ENABLED'));
}

/** @throws Refusal 6002 when there is such a user, 6020 when the PIN is none, 6026 when a credential is named twice */
export function plantUser(account: Account, { userId, status, pin, credentials }: UserSeed): void {
  const user = account.addUser(userId);
  if (pin !== undefined) setPin(account, user, pin, false);
  for (const { friendlyName, ...key } of credentials) {
    checkBindable(user, key);
    const credential = account.addCredential(key, status === 'LOCKED' ? 'LOCKED' : 'ENABLED');
    bind(account, user, credential, { friendlyName });
  }
  if (status !== undefined) user.status = status;
}
