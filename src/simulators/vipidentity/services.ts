import { authenticationOperations } from './operations/authentication.js';
import { credentialOperations } from './operations/credentials.js';
import type { Operation } from './operations/operation.js';
import { phoneCodeOperations } from './operations/phone-codes.js';
import { authenticateUserWithPush, pollPushStatus } from './operations/pushes.js';
import { queryOperations } from './operations/queries.js';
import { riskOperations } from './operations/risk.js';
import {
  getTemporaryPasswordAttributes,
  temporaryPasswordOperations,
} from './operations/temporary-passwords.js';
import { userOperations } from './operations/users.js';

/** One of the three services, each with a URL of its own (dossier section 1). */
export interface Service {
  /** As in its path and its WSDL: `ManagementService`. */
  readonly name: `${'Authentication' | 'Management' | 'Query'}Service`;
  /** Last part of the WSDL's namespace. */
  readonly namespaceSuffix: string;
  readonly operations: readonly Operation[];
}

export const SERVICES: readonly Service[] = [
  {
    name: 'AuthenticationService',
    namespaceSuffix: 'auth',
    operations: [...authenticationOperations, authenticateUserWithPush, ...riskOperations],
  },
  {
    name: 'ManagementService',
    namespaceSuffix: 'mgmt',
    operations: [
      ...userOperations,
      ...credentialOperations,
      ...phoneCodeOperations,
      ...temporaryPasswordOperations,
    ],
  },
  {
    name: 'QueryService',
    namespaceSuffix: 'query',
    operations: [...queryOperations, getTemporaryPasswordAttributes, pollPushStatus],
  },
];
