import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { CertificatePlan } from '../kit/certificates.js';

const ORGANIZATION = '1.3.6.1.4.1.21528.3.3.2.9045';
/** Numbers under this arc name keys of the management API, which may not send messages. */
const MANAGEMENT_ARC = `${ORGANIZATION}.1.`;

/** The certificates made for clients: two applications, one revoked, one of the wrong kind, one of somebody else's authority. */
export const CERTIFICATE_PLAN = {
  authority: 'PassBy[ME] Simulator CA',
  serverNames: ['auth-sp.passbyme.com'],
  clients: {
    // Of the vendor's kind of key; the others are there for who they are.
    'app-a': { commonName: 'App A', serialNumber: `${ORGANIZATION}.2.10111`, key: 'RSA-2048' },
    'app-b': { commonName: 'App B', serialNumber: `${ORGANIZATION}.2.10112` },
    'revoked-app': { commonName: 'Revoked app', serialNumber: `${ORGANIZATION}.2.10113` },
    management: { commonName: 'Management key', serialNumber: `${MANAGEMENT_ARC}1` },
    foreign: { commonName: 'App A', serialNumber: `${ORGANIZATION}.2.10111`, foreign: true },
  },
} as const satisfies CertificatePlan;

/** Labels of the certificates which the simulator's authority signed. */
export const TRUSTED_LABELS = ['app-a', 'app-b', 'revoked-app', 'management'] as const;

/** The `serialNumber` by which the provider knows the holder of a certificate. */
export function applicationOf(label: (typeof TRUSTED_LABELS)[number]): string {
  return CERTIFICATE_PLAN.clients[label].serialNumber;
}

export function isManagementKey(application: string): boolean {
  return application.startsWith(MANAGEMENT_ARC);
}

/** Who calls: the subject's `serialNumber`, else the fingerprint; undefined without a certificate of the authority. */
export function callingApplication({ socket }: IncomingMessage): string | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  return /^serialNumber=(.+)$/m.exec(certificate.subject)?.[1] ?? certificate.fingerprint256;
}
