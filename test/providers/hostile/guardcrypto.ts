import type { Access as GuardAccess } from '../../../src/providers/guardcrypto/access.js';
import type { GuardClient } from '../../../src/providers/guardcrypto/client.js';
import { OPERATIONS as GUARD } from '../../../src/providers/guardcrypto/operations.js';
import { guardcrypto } from '../../../src/providers/guardcrypto/provider.js';
import { NOTHING, connected } from './tried.js';
import type { Tried, HostileProvider } from './tried.js';

const GUARD_USER: GuardAccess = {
  id: 'a1',
  session: 'f'.repeat(32),
  cookies: {},
  userAgent: 'x',
  userId: 7,
  contextId: 1,
  keepCookies: () => Promise.resolve(),
};
const MAILER = { userId: 7, contextId: 1 };
const MAIL = Buffer.from('From: a@x.test\r\n\r\nx');
/** An envelope without data, an empty text or the word for nothing. */
const EMPTY = [...NOTHING, 'null', 'an empty string', 'an object of nulls'];
const guard = (
  call: (client: GuardClient) => Promise<unknown>,
  means?: readonly string[],
): Tried<GuardClient> => (means ? { call, means } : { call });
const KEY = { armored: '-----BEGIN PGP PUBLIC KEY BLOCK-----', passwords: { key: null, stored: null } };
export const guardcryptoCalls: HostileProvider<GuardClient> = {
  name: 'guardcrypto',
  operations: Object.keys(GUARD),
  // Some are reads or writes by what they are called with.
  kindOf: (name) =>
    ['login', 'getKey', 'downloadKey'].includes(name) ? 'read' : GUARD[name as keyof typeof GUARD].kind,
  open: (url, clock) =>
    connected(
      guardcrypto,
      {
        GUARDCRYPTO_URL: url,
        GUARDCRYPTO_REST_USER: 'u',
        GUARDCRYPTO_REST_PASSWORD: 'p',
        GUARDCRYPTO_SUPPORT_USER: 'u',
        GUARDCRYPTO_SUPPORT_PASSWORD: 'p',
      },
      clock,
    ),
  prelude: (request, operation) =>
    request.includes('oxguard/login?action=login') && operation !== 'login'
      ? '{"cid":1,"primaryEmail":"a@x.test","pubKey":null}'
      : undefined,
  tried: {
    login: guard((client) => client.accounts.account(GUARD_USER, 'PGP', null)),
    guestLogin: guard((client) => client.guests.login('a@x.test', 'p')),
    changePassword: guard((client) =>
      client.accounts.changePassword(GUARD_USER, 'PGP', { from: 'a', to: 'b' }),
    ),
    getSecondaryEmail: guard(
      (client) => client.accounts.secondaryEmail(GUARD_USER, 'PGP'),
      [...NOTHING, 'null', 'an empty string'],
    ),
    setSecondaryEmail: guard(
      (client) => client.accounts.setSecondaryEmail(GUARD_USER, 'PGP', { email: 'a@x.test', password: 'p' }),
      [...NOTHING, 'null', 'an empty string'],
    ),
    resetPassword: guard((client) => client.accounts.resetPassword(GUARD_USER, 'PGP')),
    hasKeys: guard((client) => client.accounts.keyPresence(GUARD_USER, 'PGP')),
    createKey: guard((client) =>
      client.keys.create(GUARD_USER, { name: 'n', resetEmail: null, password: 'p' }),
    ),
    deleteKey: guard((client) => client.keys.delete(GUARD_USER, '1', 'p'), EMPTY),
    getContactKeys: guard((client) => client.externalKeys.ofContact(GUARD_USER, '1', '2')),
    getKeys: guard((client) => client.keys.rings(GUARD_USER)),
    getKey: guard((client) => client.keys.publicRing(GUARD_USER, null)),
    downloadKey: guard((client) => client.keys.downloadPublic(GUARD_USER, null)),
    uploadKeys: guard((client) => client.keys.upload(GUARD_USER, KEY.armored, KEY.passwords)),
    uploadExternalPublicKey: guard((client) => client.externalKeys.upload(GUARD_USER, KEY.armored)),
    getExternalPublicKeys: guard((client) => client.externalKeys.list(GUARD_USER, 'uploaded')),
    inlineExternalPublicKey: guard((client) => client.externalKeys.setInline(GUARD_USER, '1', true), EMPTY),
    deleteExternalPublicKey: guard(
      (client) => client.externalKeys.delete(GUARD_USER, '1', 'uploaded'),
      EMPTY,
    ),
    addUserId: guard((client) => client.keys.addUserId(GUARD_USER, '1', 'n', 'a@x.test', 'p'), EMPTY),
    revokeKey: guard((client) => client.keys.revoke(GUARD_USER, '1', 'no_reason', 'p'), EMPTY),
    // Without data nothing is known of a recipient.
    getRecipientKey: guard(
      (client) => client.externalKeys.find(GUARD_USER, { email: 'a@x.test' }),
      ['an object of nulls'],
    ),
    getSignatures: guard((client) => client.keys.signatures(GUARD_USER, '1', false)),
    importAutocryptHeader: guard((client) =>
      client.externalKeys.importAutocrypt(GUARD_USER, {
        header: 'h',
        sentAt: 1,
        add: true,
        confirmed: false,
      }),
    ),
    verifyAutocryptKey: guard((client) => client.externalKeys.setAutocryptVerified(GUARD_USER, 'f', true)),
    hasCertificates: guard((client) => client.accounts.keyPresence(GUARD_USER, 'SMIME')),
    deleteCertificate: guard((client) => client.certificates.delete(GUARD_USER, '1', 'p'), EMPTY),
    getCertificates: guard((client) => client.certificates.list(GUARD_USER)),
    getRecipientCertificate: guard(
      (client) => client.certificates.ofRecipient(GUARD_USER, 'a@x.test'),
      ['an object of nulls'],
    ),
    uploadCertificate: guard((client) =>
      client.certificates.upload(GUARD_USER, MAIL, { file: 'p', stored: 'p' }),
    ),
    uploadRecipientCertificate: guard((client) => client.certificates.uploadOfRecipients(GUARD_USER, MAIL)),
    canCreateCertificate: guard((client) => client.certificates.canCreate(GUARD_USER)),
    createCertificate: guard((client) => client.certificates.create(GUARD_USER, 'p')),
    guestFirstPassword: guard((client) =>
      client.guests.setFirstPassword({
        email: 'a@x.test',
        itemId: 'i',
        question: 'q',
        answer: 'a',
        newPassword: 'p',
        pin: null,
      }),
    ),
    guestReset: guard(
      (client) =>
        client.guests.requestReset({ email: 'a@x.test', answer: 'a', language: null, templateId: null }),
      [...NOTHING, 'null', 'an empty string'],
    ),
    guestDoResetAccount: guard(
      (client) => client.guests.completeReset({ resetId: 'r', email: 'a@x.test', password: 'p' }),
      [...NOTHING, 'null', 'an empty string'],
    ),
    // Without data no token is attached.
    checkAuthToken: guard((client) => client.tokens.attached(GUARD_USER, 'PGP'), ['an object of nulls']),
    createAuthToken: guard((client) => client.tokens.create(GUARD_USER, 'PGP', 'p', null)),
    saveAuthToken: guard((client) => client.tokens.attach(GUARD_USER, 'PGP', 'token', 0)),
    verifyPgpMail: guard((client) => client.mails.isVerified('PGP', MAILER, MAIL)),
    encryptPgpMail: guard((client) => client.mails.encryptForSelf(MAILER, MAIL)),
    verifyMail: guard((client) => client.mails.verify('ANY', MAILER, MAIL)),
    encryptMail: guard((client) =>
      client.mails.protect(MAILER, MAIL, {
        type: 'PGP',
        recipients: ['b@x.test'],
        encrypt: true,
        guardAuth: null,
        inline: false,
        senderEmail: 'a@x.test',
        senderName: null,
        isGuest: false,
        language: null,
      }),
    ),
    deleteUserKeys: guard(
      (client) => client.support.deleteKeys({ email: 'a@x.test' }),
      [...NOTHING, 'null', 'an empty string'],
    ),
    exposeKey: guard((client) => client.support.exposeKey('a@x.test', 1)),
    appSuiteLogin: guard((client) => client.accounts.signIn('n', 'p')),
    appSuiteLogout: guard((client) => client.accounts.signOut(GUARD_USER), EMPTY),
  },
};
