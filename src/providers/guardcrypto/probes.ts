import { answeredOr } from '../kit/probe.js';
import type { Probe } from '../kit/probe.js';
import type { Access } from './access.js';
import type { GuardClient } from './client.js';

const MAIL = Buffer.from('Subject: sealgraph doctor\r\n\r\n');
const NO_USER = { userId: 0, contextId: 0 };

// A session that cannot exist: to be told so is all that is wanted.
const NOBODY: Access = {
  ...NO_USER,
  id: 'sealgraph-doctor',
  session: 'sealgraph-doctor',
  cookies: {},
  userAgent: 'sealgraph',
  keepCookies: () => Promise.resolve(),
};

/** @param hasRest whether there is a credential of the REST API */
export function probesOf({ accounts, mails }: GuardClient, hasRest: boolean): readonly Probe[] {
  const place = { address: 'GUARDCRYPTO_URL', authorities: 'GUARDCRYPTO_CA_FILE' };
  const session: Probe = {
    ...place,
    what: 'hasKeys',
    ask: () => answeredOr(accounts.keyPresence(NOBODY, 'PGP'), 'CREDENTIAL_EXPIRED'),
  };
  const rest: Probe = {
    ...place,
    what: 'verifyPgpMail',
    credential: 'GUARDCRYPTO_REST_PASSWORD',
    ask: () =>
      answeredOr(mails.isVerified('PGP', NO_USER, MAIL), 'NOT_FOUND', 'PROVIDER_REJECTED', 'INVALID_INPUT'),
  };
  return hasRest ? [session, rest] : [session];
}
