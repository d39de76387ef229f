import { z } from 'zod';
import type { CryptoType } from './access.js';
import type { CallOptions } from '../kit/call-options.js';
import type { Api } from './api.js';

/** For whom a server API works. */
export interface GuardUser {
  readonly userId: number;
  readonly contextId: number;
}

/** What is told of the signatures of a mail. */
export interface MailVerification {
  /** Whether the key of a signer is not known; null when the answer does not say. */
  readonly isKeyMissing: boolean | null;
  /** The mail, with the header that tells the outcome. */
  readonly mail: Buffer;
}

/** `PGP` knows that alone; `ANY` finds out what a mail is signed with. */
export type VerificationKind = 'PGP' | 'ANY';

/** How a mail is to be protected (dossier 2.7, `json`: assumed). */
export interface Protection {
  readonly type: CryptoType;
  readonly recipients: readonly string[];
  readonly encrypt: boolean;
  /** Secret: the token that opens the signer's key; null: no signature. */
  readonly guardAuth: string | null;
  readonly inline: boolean;
  readonly senderEmail: string;
  readonly senderName: string | null;
  readonly isGuest: boolean;
  readonly language: string | null;
}

/** Whole mails, by way of the REST API (dossier 2.7). */
export interface MailCalls {
  isVerified(
    kind: VerificationKind,
    user: GuardUser,
    mail: Uint8Array,
    options?: CallOptions,
  ): Promise<boolean>;
  verify(
    kind: VerificationKind,
    user: GuardUser,
    mail: Uint8Array,
    options?: CallOptions,
  ): Promise<MailVerification>;
  /** To the user's own current PGP key. */
  encryptForSelf(user: GuardUser, mail: Uint8Array, options?: CallOptions): Promise<Buffer>;
  protect(user: GuardUser, mail: Uint8Array, protection: Protection, options?: CallOptions): Promise<Buffer>;
}

/** The header that tells the outcome (assumed), and what stands in it. */
const RESULT_HEADER = /^X-Guard-Signature-Result:(.*)$/gim;
// A mail begins with a header field; what begins as JSON or XML do is an answer of another kind.
const MAIL = /^(?![{["<])[!-9;-~]+[ \t]*:/;
// A mail that comes back as it went is not what was asked for.
const ENCRYPTED = /multipart\/encrypted|pkcs7-mime|-----BEGIN PGP MESSAGE-----/i;
const SIGNED = /multipart\/signed|pkcs7-(mime|signature)|-----BEGIN PGP SIGNED MESSAGE-----/i;

export function mailCalls(api: Api): MailCalls {
  const operations = { PGP: 'verifyPgpMail', ANY: 'verifyMail' } as const;
  const valuesOf = ({ userId: user, contextId: context }: GuardUser, bytes: Uint8Array) => ({
    user,
    context,
    file: { bytes, filename: 'mail.eml', contentType: 'message/rfc822' },
  });
  return {
    async isVerified(kind, user, mail, options) {
      const values = { ...valuesOf(user, mail), simple: true };
      return (await api.call(operations[kind], null, values, options)).data(z.boolean());
    },
    async verify(kind, user, mail, options) {
      const values = { ...valuesOf(user, mail), simple: false };
      const answer = (await api.call(operations[kind], null, values, options)).bytes(MAIL);
      return { isKeyMissing: readKeyMissing(answer), mail: answer };
    },
    async encryptForSelf(user, mail, options) {
      return (await api.call('encryptPgpMail', null, valuesOf(user, mail), options)).bytes(MAIL, ENCRYPTED);
    },
    async protect(user, mail, protection, options) {
      const { senderName: fromName, senderEmail: email, isGuest, guardAuth } = protection;
      const json = JSON.stringify(toOrder(protection));
      const values = { ...valuesOf(user, mail), fromName, email, isGuest, json, guardAuth };
      return (await api.call('encryptMail', null, values, options)).bytes(
        MAIL,
        protection.encrypt ? ENCRYPTED : SIGNED,
      );
    },
  };
}

function toOrder({ type, recipients, encrypt, guardAuth, inline, language }: Protection) {
  const security = {
    type,
    encrypt,
    sign: guardAuth !== null,
    pgpInline: inline,
    language: language ?? 'en_US',
  };
  return { recipients, security: { ...security, message: '', pin: '', msgRef: '', authentication: '' } };
}

// A mail may bring such a field of its own, so only a single one is believed; whether a signature is good is asked apart.
function readKeyMissing(mail: Buffer): boolean | null {
  const [head = ''] = mail.toString('latin1', 0, 65_536).split(/\r?\n\r?\n/, 1);
  const [result, another] = [...head.matchAll(RESULT_HEADER)].map(([, value]) => value ?? '');
  const found = another === undefined ? /\bmissing=(true|false)\b/i.exec(result ?? '')?.[1] : undefined;
  return found === undefined ? null : found.toLowerCase() === 'true';
}
