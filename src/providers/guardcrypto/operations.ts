import type { CallKind } from '../kit/transport-error.js';

/** With what a call is made: an App Suite session, nothing, or HTTP Basic credentials of one of two servers' APIs. */
export type Plane = 'user' | 'guest' | 'rest' | 'support';

/** Where a parameter travels: URL, form, JSON body, or a part of a multipart form. */
export type Place = 'query' | 'form' | 'json' | 'part';

/** How one operation looks on the wire. */
export interface OperationRow {
  readonly plane: Plane;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API root, without a slash at either end. */
  readonly path: string;
  readonly action: string;
  /** Whether it may be made again; writes are never. */
  readonly kind: CallKind;
  /** The answer is given only once: it is waited for long, and never asked for again unless the call was not sent. */
  readonly once?: boolean;
  /** All attempts and waits together, milliseconds, where it may take longer than usual. */
  readonly timeoutMs?: number;
  /** Each parameter by name to its place, or to `place:name` where the server calls it otherwise. */
  readonly parameters: Readonly<Record<string, Place | `${Place}:${string}`>>;
}

type Parameters = OperationRow['parameters'];

function row<const P extends Parameters>(
  plane: Plane,
  [method, path, action]: readonly [OperationRow['method'], string, string],
  parameters: P,
  kind: CallKind = method === 'GET' ? 'read' : 'write',
) {
  return { plane, method, path, action, kind, parameters };
}

/** A row whose work may take long, such as making keys; shorter than the lease of a command. */
function slow<Row extends OperationRow>(fast: Row) {
  return { ...fast, timeoutMs: SLOW_MS };
}

/** Milliseconds. */
export const SLOW_MS = 45_000;

const login = 'oxguard/login';
const keys = 'oxguard/keys';
const certificates = 'oxguard/certificates';
const guest = 'oxguard/guest';
const tokens = 'guard-json';
const PASSWORD = { password: 'form', e_password: 'form' } as const;
const MAIL = { user: 'query', context: 'query', file: 'part' } as const;

/**
 * Every operation as it is taken to be (dossier 2.1): most methods, paths and places are assumed, and can be corrected
 * by a file (`operations-file.ts`). Names of parameters are those of the provider; `session` goes without saying.
 */
export const OPERATIONS = {
  login: row('user', ['POST', login, 'login'], { type: 'query', encr_password: 'json', language: 'json' }),
  guestLogin: row('guest', ['POST', login, 'guest'], { username: 'json', password: 'json' }),
  changePassword: row('user', ['POST', login, 'changepass'], {
    type: 'query',
    oldpass: 'json',
    newpass: 'json',
  }),
  getSecondaryEmail: row('user', ['GET', login, 'secondary'], { type: 'query' }),
  setSecondaryEmail: row('user', ['POST', login, 'changesecondary'], {
    type: 'query',
    password: 'json',
    email: 'json',
  }),
  resetPassword: row('user', ['GET', login, 'reset'], { type: 'query' }, 'write'),

  hasKeys: row('user', ['GET', keys, 'hasKeys'], {}),
  createKey: slow(row('user', ['POST', keys, 'create'], { name: 'form', email: 'form', ...PASSWORD })),
  deleteKey: row('user', ['POST', keys, 'delete'], { keyid: 'query', ...PASSWORD }),
  getContactKeys: row('user', ['GET', keys, 'getContactKeys'], {
    contactFolder: 'query',
    contactID: 'query',
  }),
  getKeys: row('user', ['GET', keys, 'getKeys'], {}),
  getKey: row('user', ['POST', keys, 'getKey'], { keyid: 'query', keyType: 'query', ...PASSWORD }),
  downloadKey: row('user', ['POST', keys, 'downloadKey'], { keyid: 'query', keyType: 'query', ...PASSWORD }),
  uploadKeys: slow(
    row('user', ['POST', keys, 'upload'], {
      key: 'part',
      keyPassword: 'part',
      newPassword: 'part',
    }),
  ),
  uploadExternalPublicKey: row('user', ['POST', keys, 'uploadExternalPublicKey'], { key: 'part' }),
  getExternalPublicKeys: row('user', ['GET', keys, 'getExternalPublicKeys'], { keyType: 'query' }),
  inlineExternalPublicKey: row('user', ['PUT', keys, 'inlineExternalPublicKey'], {
    keyids: 'query',
    inline: 'query',
  }),
  deleteExternalPublicKey: row('user', ['DELETE', keys, 'deleteExternalPublicKey'], {
    keyids: 'query',
    keyType: 'query',
  }),
  addUserId: row('user', ['POST', keys, 'addUserId'], {
    keyid: 'query',
    name: 'query',
    email: 'query',
    ...PASSWORD,
  }),
  revokeKey: row('user', ['POST', keys, 'revoke'], { keyid: 'query', reason: 'query', ...PASSWORD }),
  getRecipientKey: row('user', ['GET', keys, 'getRecipKey'], {
    email: 'query',
    keyid: 'query',
    create: 'query',
  }),
  getSignatures: row('user', ['GET', keys, 'getSignatures'], { keyid: 'query', subkeys: 'query' }),
  importAutocryptHeader: row('user', ['POST', keys, 'importAutoCryptHeader'], {
    add: 'query',
    confirmed: 'query',
    header: 'form',
    sent_date: 'form',
  }),
  verifyAutocryptKey: row('user', ['PUT', keys, 'verifyAutoCryptKey'], {
    keyids: 'query',
    verified: 'query',
  }),

  hasCertificates: row('user', ['GET', certificates, 'hasKeys'], {}),
  deleteCertificate: row('user', ['POST', certificates, 'delete'], { serial: 'query', ...PASSWORD }),
  getCertificates: row('user', ['GET', certificates, 'getCertificates'], {}),
  getRecipientCertificate: row('user', ['GET', certificates, 'getRecipCertificate'], { email: 'query' }),
  uploadCertificate: row('user', ['POST', certificates, 'upload'], {
    certificate: 'part',
    password: 'part',
    newPassword: 'part',
  }),
  uploadRecipientCertificate: row('user', ['POST', certificates, 'uploadRecipientCertificate'], {
    certificate: 'part',
  }),
  canCreateCertificate: row('user', ['GET', certificates, 'canCreate'], {}),
  createCertificate: slow(row('user', ['POST', certificates, 'create'], { password: 'form' })),

  guestFirstPassword: row('guest', ['POST', guest, 'firstpass'], {
    question: 'json',
    answer: 'json',
    newpass: 'json',
    email: 'json',
    itemId: 'json',
    pin: 'json',
  }),
  guestReset: row(
    'guest',
    ['GET', guest, 'resetpassword'],
    { email: 'query', answer: 'query', language: 'query', templid: 'query' },
    'write',
  ),
  guestDoResetAccount: row('guest', ['POST', guest, 'doresetaccount'], {
    resetid: 'json',
    email: 'json',
    password: 'json',
  }),

  checkAuthToken: row('user', ['GET', tokens, 'auth-token'], { type: 'query' }),
  createAuthToken: row('user', ['POST', tokens, 'auth-token'], {
    type: 'query',
    e_password: 'json',
    password: 'json',
    minutesValid: 'json',
  }),
  saveAuthToken: row('user', ['PUT', tokens, 'auth-token'], {
    auth: 'json',
    minutesValid: 'json',
    type: 'json',
  }),

  verifyPgpMail: slow(
    row('rest', ['POST', 'oxguard/pgpmail', 'verify'], { ...MAIL, simple: 'query' }, 'read'),
  ),
  encryptPgpMail: slow(row('rest', ['POST', 'oxguard/pgpmail', 'encrypt'], MAIL, 'read')),
  verifyMail: slow(row('rest', ['POST', 'oxguard/mail', 'verify'], { ...MAIL, simple: 'query' }, 'read')),
  encryptMail: slow(
    row('rest', ['POST', 'oxguard/mail', 'encrypt'], {
      ...MAIL,
      fromName: 'query',
      email: 'query',
      isGuest: 'query',
      json: 'part',
      guardAuth: 'part',
    }),
  ),

  deleteUserKeys: row('support', ['POST', 'guardsupport', 'delete_user'], {
    user_id: 'query',
    cid: 'query',
    email: 'query',
  }),
  exposeKey: row('support', ['POST', 'guardsupport', 'expose_key'], { email: 'query', cid: 'query' }),

  appSuiteLogin: row('guest', ['POST', 'login', 'login'], {
    name: 'form',
    password: 'form',
    client: 'form',
    version: 'form',
  }),
  appSuiteLogout: row('user', ['GET', 'login', 'logout'], {}, 'write'),
} as const satisfies Readonly<Record<string, OperationRow>>;

export type OperationName = keyof typeof OPERATIONS;

/** How every operation looks on the wire, corrections included. */
export type OperationTable = Readonly<Record<OperationName, OperationRow>>;

/** Names of the parameters of an operation. */
export type ParameterName<Name extends OperationName> = keyof (typeof OPERATIONS)[Name]['parameters'];

/** The table for people, a line per operation. */
export function describeOperations(table: OperationTable): readonly string[] {
  return Object.entries(table).map(([name, { plane, method, path, action, parameters }]) => {
    const places = Object.entries(parameters).map(([parameter, place]) => `${parameter}=${place}`);
    return [`${name}: ${method} ${path}?action=${action}`, `as ${plane}`, ...places].join(' ');
  });
}
