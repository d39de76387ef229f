import type { Route } from '../kit/router.js';

/** Who may call: an App Suite session, anybody, or a server with HTTP Basic credentials of one of two kinds. */
export type Plane = 'user' | 'guest' | 'rest' | 'support';

interface OperationRow {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API root, without the leading slash. */
  readonly path: string;
  /** Compared without regard to case. */
  readonly action: string;
  readonly plane: Plane;
}

const row = <P extends Plane>(plane: P, method: OperationRow['method'], path: string, action: string) =>
  ({ plane, method, path, action }) as const;

/**
 * The server's own copy of dossier section 2.1, in its order, and the extra operations of 2.9 that it has. Most paths
 * are assumed; a client's table is checked against this one by talking to it.
 */
export const OPERATIONS = {
  login: row('user', 'POST', 'oxguard/login', 'login'),
  guestLogin: row('guest', 'POST', 'oxguard/login', 'guest'),
  changePassword: row('user', 'POST', 'oxguard/login', 'changepass'),
  getSecondaryEmail: row('user', 'GET', 'oxguard/login', 'secondary'),
  setSecondaryEmail: row('user', 'POST', 'oxguard/login', 'changesecondary'),
  resetPassword: row('user', 'GET', 'oxguard/login', 'reset'),
  hasKeys: row('user', 'GET', 'oxguard/keys', 'hasKeys'),
  createKey: row('user', 'POST', 'oxguard/keys', 'create'),
  deleteKey: row('user', 'POST', 'oxguard/keys', 'delete'),
  getContactKeys: row('user', 'GET', 'oxguard/keys', 'getContactKeys'),
  getKeys: row('user', 'GET', 'oxguard/keys', 'getKeys'),
  getKey: row('user', 'POST', 'oxguard/keys', 'getKey'),
  downloadKey: row('user', 'POST', 'oxguard/keys', 'downloadKey'),
  uploadKeys: row('user', 'POST', 'oxguard/keys', 'upload'),
  uploadExternalPublicKey: row('user', 'POST', 'oxguard/keys', 'uploadExternalPublicKey'),
  getExternalPublicKeys: row('user', 'GET', 'oxguard/keys', 'getExternalPublicKeys'),
  inlineExternalPublicKey: row('user', 'PUT', 'oxguard/keys', 'inlineExternalPublicKey'),
  deleteExternalPublicKey: row('user', 'DELETE', 'oxguard/keys', 'deleteExternalPublicKey'),
  addUserId: row('user', 'POST', 'oxguard/keys', 'addUserId'),
  revokeKey: row('user', 'POST', 'oxguard/keys', 'revoke'),
  getRecipientKey: row('user', 'GET', 'oxguard/keys', 'getRecipKey'),
  getSignatures: row('user', 'GET', 'oxguard/keys', 'getSignatures'),
  importAutocryptHeader: row('user', 'POST', 'oxguard/keys', 'importAutoCryptHeader'),
  verifyAutocryptKey: row('user', 'PUT', 'oxguard/keys', 'verifyAutoCryptKey'),
  hasCertificates: row('user', 'GET', 'oxguard/certificates', 'hasKeys'),
  deleteCertificate: row('user', 'POST', 'oxguard/certificates', 'delete'),
  getCertificates: row('user', 'GET', 'oxguard/certificates', 'getCertificates'),
  getRecipientCertificate: row('user', 'GET', 'oxguard/certificates', 'getRecipCertificate'),
  uploadCertificate: row('user', 'POST', 'oxguard/certificates', 'upload'),
  uploadRecipientCertificate: row('user', 'POST', 'oxguard/certificates', 'uploadRecipientCertificate'),
  canCreateCertificate: row('user', 'GET', 'oxguard/certificates', 'canCreate'),
  createCertificate: row('user', 'POST', 'oxguard/certificates', 'create'),
  guestFirstPassword: row('guest', 'POST', 'oxguard/guest', 'firstpass'),
  guestReset: row('guest', 'GET', 'oxguard/guest', 'resetpassword'),
  guestDoResetAccount: row('guest', 'POST', 'oxguard/guest', 'doresetaccount'),
  checkAuthToken: row('user', 'GET', 'guard-json', 'auth-token'),
  createAuthToken: row('user', 'POST', 'guard-json', 'auth-token'),
  saveAuthToken: row('user', 'PUT', 'guard-json', 'auth-token'),
  verifyPgpMail: row('rest', 'POST', 'oxguard/pgpmail', 'verify'),
  encryptPgpMail: row('rest', 'POST', 'oxguard/pgpmail', 'encrypt'),
  verifyMail: row('rest', 'POST', 'oxguard/mail', 'verify'),
  encryptMail: row('rest', 'POST', 'oxguard/mail', 'encrypt'),
  deleteUserKeys: row('support', 'POST', 'guardsupport', 'delete_user'),
  exposeKey: row('support', 'POST', 'guardsupport', 'expose_key'),
  appSuiteLogin: row('guest', 'POST', 'login', 'login'),
  appSuiteLogout: row('guest', 'GET', 'login', 'logout'),
  guardLogout: row('user', 'GET', 'oxguard/login', 'logout'),
} as const satisfies Record<string, OperationRow>;

export type OperationName = keyof typeof OPERATIONS;

/** The operations of one plane. */
export type OperationsOf<P extends Plane> = {
  [Name in OperationName]: (typeof OPERATIONS)[Name]['plane'] extends P ? Name : never;
}[OperationName];

/** Where people find each of them, and the two addresses that answer without an action. */
export const ROUTES: Readonly<Record<string, Route>> = {
  ...Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, { method, path, action }]): [string, Route] => [
      name,
      `${method} /appsuite/api/${path}?action=${action}`,
    ]),
  ),
  lookUpKeys: 'GET /pks/lookup',
  downloadExposedKey: 'GET /appsuite/api/guardsupport/exposed/:token',
};

/** What a request asks for. `module` is known while `operation` is not when the action, or its method, is wrong. */
export interface Target {
  readonly module: string | undefined;
  readonly operation: OperationName | undefined;
}

/** @param path as sent; public spelling, a spelling the chart routes there, or what a backend sees behind its proxy. */
export function findOperation(method: string, path: string, action: string): Target {
  const module = path.replace(/^\/((appsuite\/api|ajax|api)\/)?/, '').replace(/\/$/, '');
  const wanted = action.toLowerCase();
  const rows = Object.entries(OPERATIONS).filter(([, operation]) => operation.path === module);
  const found = rows.find(
    ([, operation]) => operation.method === method && operation.action.toLowerCase() === wanted,
  );
  return {
    module: rows.length > 0 ? module : undefined,
    operation: found === undefined ? undefined : operationName(found[0]),
  };
}

function operationName(name: string): OperationName | undefined {
  return isOperationName(name) ? name : undefined;
}

function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}
