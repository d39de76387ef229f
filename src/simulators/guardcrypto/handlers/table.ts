import type { OperationsOf } from '../operations.js';
import { appSuiteLogin, appSuiteLogout } from './app-suite.js';
import { checkAuthToken, createAuthToken, saveAuthToken } from './auth-token.js';
import { importAutocryptHeader, verifyAutocryptKey } from './autocrypt.js';
import type { Call, Handler, UserCall } from './call.js';
import {
  canCreateCertificate,
  createCertificate,
  deleteCertificate,
  getCertificates,
  getRecipientCertificate,
  hasCertificates,
  uploadCertificate,
  uploadRecipientCertificate,
} from './certificates.js';
import {
  deleteExternalPublicKey,
  getContactKeys,
  getExternalPublicKeys,
  getRecipientKey,
  getSignatures,
  inlineExternalPublicKey,
  uploadExternalPublicKey,
} from './external-keys.js';
import { guestDoResetAccount, guestFirstPassword, guestLogin, guestReset } from './guest.js';
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
} from './keys.js';
import {
  changePassword,
  getSecondaryEmail,
  guardLogout,
  login,
  resetKeyPassword,
  setSecondaryEmail,
} from './login.js';
import { encryptMail, encryptPgpMail, verifyMail, verifyPgpMail } from './mail.js';
import { deleteUserKeys, exposeKey } from './support.js';

/** What each operation in an App Suite session does. */
export const USER_HANDLERS: Readonly<Record<OperationsOf<'user'>, Handler<UserCall>>> = {
  login,
  changePassword,
  getSecondaryEmail,
  setSecondaryEmail,
  resetPassword: resetKeyPassword,
  hasKeys,
  createKey,
  deleteKey,
  getContactKeys,
  getKeys,
  getKey,
  downloadKey,
  uploadKeys,
  uploadExternalPublicKey,
  getExternalPublicKeys,
  inlineExternalPublicKey,
  deleteExternalPublicKey,
  addUserId,
  revokeKey,
  getRecipientKey,
  getSignatures,
  importAutocryptHeader,
  verifyAutocryptKey,
  hasCertificates,
  deleteCertificate,
  getCertificates,
  getRecipientCertificate,
  uploadCertificate,
  uploadRecipientCertificate,
  canCreateCertificate,
  createCertificate,
  checkAuthToken,
  createAuthToken,
  saveAuthToken,
  guardLogout,
};

/** What the others do, which need no session. */
export const OTHER_HANDLERS: Readonly<Record<OperationsOf<'guest' | 'rest' | 'support'>, Handler<Call>>> = {
  guestLogin,
  guestFirstPassword,
  guestReset,
  guestDoResetAccount,
  verifyPgpMail,
  encryptPgpMail,
  verifyMail,
  encryptMail,
  deleteUserKeys,
  exposeKey,
  appSuiteLogin,
  appSuiteLogout,
};
