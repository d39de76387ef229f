import { splitRoute, type Route } from '../kit/router.js';
import { appSuiteLogin, appSuiteLogout } from './handlers/app-suite.js';
import { checkAuthToken, createAuthToken, saveAuthToken } from './handlers/auth-token.js';
import { importAutocryptHeader, verifyAutocryptKey } from './handlers/autocrypt.js';
import {
  canCreateCertificate,
  createCertificate,
  deleteCertificate,
  getCertificates,
  getRecipientCertificate,
  hasCertificates,
  uploadCertificate,
  uploadRecipientCertificate,
} from './handlers/certificates.js';
import {
  deleteExternalPublicKey,
  getContactKeys,
  getExternalPublicKeys,
  getRecipientKey,
  getSignatures,
  inlineExternalPublicKey,
  uploadExternalPublicKey,
} from './handlers/external-keys.js';
import { guestDoResetAccount, guestFirstPassword, guestLogin, guestReset } from './handlers/guest.js';
import {
  addUserId,
  createKey,
  deleteKey,
  downloadKey,
  getKey,
  getKeys,
  hasKeys,
  revokeKey,
  uploadKeys,
} from './handlers/keys.js';
import {
  changePassword,
  getSecondaryEmail,
  guardLogout,
  login,
  resetKeyPassword,
  setSecondaryEmail,
} from './handlers/login.js';
import { encryptMail, encryptPgpMail, verifyMail, verifyPgpMail } from './handlers/mail.js';
import { deleteUserKeys, exposeKey } from './handlers/support.js';
import type { Call, Handler, UserCall } from './handlers/call.js';

interface Place {
  readonly method: string;
  /** Below the API root. */
  readonly path: string;
  /** Compared without regard to case. */
  readonly action: string;
}

/** In an App Suite session. */
interface UserOperation extends Place {
  readonly plane: 'user';
  readonly handle: Handler<UserCall>;
}

/** For anybody, or a server with HTTP Basic credentials of one of two kinds. */
interface OtherOperation extends Place {
  readonly plane: 'guest' | 'rest' | 'support';
  readonly handle: Handler<Call>;
}

/** Where an operation is found, who may call, and what it does. */
export type Operation = UserOperation | OtherOperation;

const user = (route: Route, action: string, handle: Handler<UserCall>): Operation => ({
  plane: 'user',
  ...splitRoute(route),
  action,
  handle,
});

const other =
  (plane: OtherOperation['plane']) =>
  (route: Route, action: string, handle: Handler<Call>): Operation => ({
    plane,
    ...splitRoute(route),
    action,
    handle,
  });
const [guest, rest, support] = [other('guest'), other('rest'), other('support')];

/**
 * The server's own copy of dossier section 2.1, in its order, and the extra operations of 2.9 that it has. Most paths
 * are assumed; a client's table is checked against this one by talking to it.
 */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  login: user('POST /oxguard/login', 'login', login),
  guestLogin: guest('POST /oxguard/login', 'guest', guestLogin),
  changePassword: user('POST /oxguard/login', 'changepass', changePassword),
  getSecondaryEmail: user('GET /oxguard/login', 'secondary', getSecondaryEmail),
  setSecondaryEmail: user('POST /oxguard/login', 'changesecondary', setSecondaryEmail),
  resetPassword: user('GET /oxguard/login', 'reset', resetKeyPassword),
  hasKeys: user('GET /oxguard/keys', 'hasKeys', hasKeys),
  createKey: user('POST /oxguard/keys', 'create', createKey),
  deleteKey: user('POST /oxguard/keys', 'delete', deleteKey),
  getContactKeys: user('GET /oxguard/keys', 'getContactKeys', getContactKeys),
  getKeys: user('GET /oxguard/keys', 'getKeys', getKeys),
  getKey: user('POST /oxguard/keys', 'getKey', getKey),
  downloadKey: user('POST /oxguard/keys', 'downloadKey', downloadKey),
  uploadKeys: user('POST /oxguard/keys', 'upload', uploadKeys),
  uploadExternalPublicKey: user('POST /oxguard/keys', 'uploadExternalPublicKey', uploadExternalPublicKey),
  getExternalPublicKeys: user('GET /oxguard/keys', 'getExternalPublicKeys', getExternalPublicKeys),
  inlineExternalPublicKey: user('PUT /oxguard/keys', 'inlineExternalPublicKey', inlineExternalPublicKey),
  deleteExternalPublicKey: user('DELETE /oxguard/keys', 'deleteExternalPublicKey', deleteExternalPublicKey),
  addUserId: user('POST /oxguard/keys', 'addUserId', addUserId),
  revokeKey: user('POST /oxguard/keys', 'revoke', revokeKey),
  getRecipientKey: user('GET /oxguard/keys', 'getRecipKey', getRecipientKey),
  getSignatures: user('GET /oxguard/keys', 'getSignatures', getSignatures),
  importAutocryptHeader: user('POST /oxguard/keys', 'importAutoCryptHeader', importAutocryptHeader),
  verifyAutocryptKey: user('PUT /oxguard/keys', 'verifyAutoCryptKey', verifyAutocryptKey),
  hasCertificates: user('GET /oxguard/certificates', 'hasKeys', hasCertificates),
  deleteCertificate: user('POST /oxguard/certificates', 'delete', deleteCertificate),
  getCertificates: user('GET /oxguard/certificates', 'getCertificates', getCertificates),
  getRecipientCertificate: user('GET /oxguard/certificates', 'getRecipCertificate', getRecipientCertificate),
  uploadCertificate: user('POST /oxguard/certificates', 'upload', uploadCertificate),
  uploadRecipientCertificate: user(
    'POST /oxguard/certificates',
    'uploadRecipientCertificate',
    uploadRecipientCertificate,
  ),
  canCreateCertificate: user('GET /oxguard/certificates', 'canCreate', canCreateCertificate),
  createCertificate: user('POST /oxguard/certificates', 'create', createCertificate),
  guestFirstPassword: guest('POST /oxguard/guest', 'firstpass', guestFirstPassword),
  guestReset: guest('GET /oxguard/guest', 'resetpassword', guestReset),
  guestDoResetAccount: guest('POST /oxguard/guest', 'doresetaccount', guestDoResetAccount),
  checkAuthToken: user('GET /guard-json', 'auth-token', checkAuthToken),
  createAuthToken: user('POST /guard-json', 'auth-token', createAuthToken),
  saveAuthToken: user('PUT /guard-json', 'auth-token', saveAuthToken),
  verifyPgpMail: rest('POST /oxguard/pgpmail', 'verify', verifyPgpMail),
  encryptPgpMail: rest('POST /oxguard/pgpmail', 'encrypt', encryptPgpMail),
  verifyMail: rest('POST /oxguard/mail', 'verify', verifyMail),
  encryptMail: rest('POST /oxguard/mail', 'encrypt', encryptMail),
  deleteUserKeys: support('POST /guardsupport', 'delete_user', deleteUserKeys),
  exposeKey: support('POST /guardsupport', 'expose_key', exposeKey),
  appSuiteLogin: guest('POST /login', 'login', appSuiteLogin),
  appSuiteLogout: guest('GET /login', 'logout', appSuiteLogout),
  guardLogout: user('GET /oxguard/login', 'logout', guardLogout),
};

/** Where people find each of them, and the two addresses that answer without an action. */
export const ROUTES: Readonly<Record<string, Route>> = {
  ...Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, { method, path, action }]): [string, Route] => [
      name,
      `${method} /appsuite/api${path}?action=${action}`,
    ]),
  ),
  lookUpKeys: 'GET /pks/lookup',
  downloadExposedKey: 'GET /appsuite/api/guardsupport/exposed/:token',
};

/** What a request asks for. `module` is known while `found` is not when the action, or its method, is wrong. */
export interface Target {
  readonly module: string | undefined;
  readonly found: (Operation & { readonly name: string }) | undefined;
}

/** @param path as sent; public spelling, a spelling the chart routes there, or what a backend sees behind its proxy. */
export function findOperation(method: string, path: string, action: string): Target {
  const module = path.replace(/^\/((appsuite\/api|ajax|api)\/)?/, '').replace(/\/$/, '');
  const wanted = action.toLowerCase();
  const rows = Object.entries(OPERATIONS).filter(([, operation]) => operation.path === `/${module}`);
  const row = rows.find(
    ([, operation]) => operation.method === method && operation.action.toLowerCase() === wanted,
  );
  return {
    module: rows.length > 0 ? module : undefined,
    found: row && { name: row[0], ...row[1] },
  };
}
