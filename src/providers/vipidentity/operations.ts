import type { CallKind } from '../kit/transport-error.js';

export const SERVICES = ['authentication', 'management', 'query'] as const;

/** One of the three services, each with a URL and a description of its own (dossier section 1). */
export type ServiceName = (typeof SERVICES)[number];

export interface OperationFacts {
  readonly service: ServiceName;
  readonly kind: CallKind;
  /** The answer is given only once: it is waited for long, and never asked for again unless the call was not sent. */
  readonly once?: boolean;
  /** All attempts and waits together, milliseconds, where it may take longer than usual. */
  readonly timeoutMs?: number;
  /** Status codes of success; `0000` where none is named. */
  readonly success?: readonly string[];
}

const query = { service: 'query', kind: 'read' } as const;
const management = { service: 'management', kind: 'write' } as const;
const authentication = { service: 'authentication', kind: 'write' } as const;

/** The operations on the wire (dossier section 2.3). Proving a code uses it up, so that is a write too. */
export const OPERATIONS = {
  getServerTime: query,
  getUserInfo: query,
  getCredentialInfo: query,
  getTemporaryPasswordAttributes: query,
  // How a push ended may be told to one poll alone (dossier section 5.1).
  pollPushStatus: { ...query, once: true },
  createUser: management,
  updateUser: management,
  deleteUser: management,
  clearUserPin: management,
  addCredential: management,
  removeCredential: management,
  updateCredential: management,
  register: management,
  sendOtp: management,
  setTemporaryPassword: management,
  setTemporaryPasswordAttributes: management,
  clearTemporaryPassword: management,
  authenticateUser: authentication,
  checkOtp: authentication,
  authenticateUserWithPush: { ...authentication, success: ['6040'] },
  authenticateCredentials: { ...authentication, success: ['0000', '6040'] },
  // 6009 says "risky" here: a result, not a failure (dossier section 2.3.7).
  evaluateRisk: { ...authentication, success: ['0000', '6009'] },
  confirmRisk: authentication,
  denyRisk: authentication,
} as const satisfies Readonly<Record<string, OperationFacts>>;

export type OperationName = keyof typeof OPERATIONS;
