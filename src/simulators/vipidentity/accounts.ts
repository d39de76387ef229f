import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { CertificatePlan } from '../kit/certificates.js';

/** What an account decided about its users. */
export interface AccountPolicy {
  readonly pinsEnabled: boolean;
  /** Only administrators may remove remembered devices. */
  readonly keepsDevices: boolean;
}

export interface AccountPlan extends AccountPolicy {
  readonly id: string;
  /** Accounts for which it may act. */
  readonly children: readonly string[];
}

const ORDINARY: AccountPolicy = { pinsEnabled: true, keepsDevices: false };

/** The accounts of the simulated world (assumed). */
export const ACCOUNTS: ReadonlyMap<string, AccountPlan> = new Map(
  [
    { id: '1000000001', ...ORDINARY, children: ['1234567890', '1234567891'] },
    { id: '1234567890', ...ORDINARY, children: [] },
    { id: '1234567891', pinsEnabled: false, keepsDevices: true, children: [] },
    { id: '2000000002', ...ORDINARY, children: [] },
  ].map((account) => [account.id, account]),
);

/** The account whose certificate the simulator's environment names. */
export const MAIN_ACCOUNT = '1000000001';

/** The certificates made for clients: of the main account, of another one, a revoked one, one of somebody else's authority. */
export const CERTIFICATE_PLAN = {
  authority: 'VIP Simulator CA',
  serverNames: ['userservices-auth.vip.symantec.com', 'pilot-userservices-auth.vip.symantec.com'],
  clients: {
    main: { commonName: 'Example enterprise', serialNumber: MAIN_ACCOUNT },
    other: { commonName: 'Other enterprise', serialNumber: '2000000002' },
    revoked: { commonName: 'Revoked', serialNumber: '3000000003' },
    foreign: { commonName: 'Example enterprise', serialNumber: MAIN_ACCOUNT, foreign: true },
  },
} as const satisfies CertificatePlan;

export const REVOKED_ACCOUNT = CERTIFICATE_PLAN.clients.revoked.serialNumber;

/** The account of the caller: the subject's `serialNumber` of the client certificate. */
export function callingAccount({ socket }: IncomingMessage): string | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const subject = socket.getPeerX509Certificate()?.subject ?? '';
  return /^serialNumber=(.+)$/m.exec(subject)?.[1];
}
