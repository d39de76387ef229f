import type { CertificateFacts } from './facts.js';

/** Where in a message its signature was found. */
export type SignatureForm =
  /** `multipart/signed` of MIME: PGP/MIME or S/MIME with a detached signature. */
  | 'MIME'
  /** The content stands inside of the signed message. */
  | 'OPAQUE'
  /** Readable text between PGP marks. */
  | 'CLEARTEXT'
  /** The signature was given beside the content. */
  | 'DETACHED';

/** How one signature came out. */
export type SignatureOutcome =
  /** It fits content and key, and the key was good for it. */
  | 'GOOD'
  /** It does not fit the content, or relies on what is broken, as SHA-1 is. */
  | 'BAD'
  /** None of the keys given made it, or the message brings no certificate of the signer. */
  | 'KEY_MISSING'
  /** The key or certificate was over or revoked, or is not made for signing mail. */
  | 'KEY_UNUSABLE'
  /** It fits, yet the certificate does not lead to one that is trusted here. */
  | 'NOT_TRUSTED';

/** What looking at the signatures of a message came to. */
export interface SignatureReport<Signature> {
  readonly form: SignatureForm;
  /** There is a signature, and every one is `GOOD`. */
  readonly isVerified: boolean;
  readonly signatures: readonly Signature[];
  /** Exactly what was signed: show this to people, not the message around it. */
  readonly content: Uint8Array;
}

export interface PgpSignature {
  readonly outcome: SignatureOutcome;
  /** Of the key that signed, a signed 64-bit number in decimal. */
  readonly keyId: string;
  /** The same in 16 lower-case hex digits. */
  readonly keyIdHex: string;
  /** Of the primary key of those given; null when it is missing. */
  readonly fingerprint: string | null;
  /** Self-signed user ids of that key. */
  readonly userIds: readonly string[];
  /** Milliseconds since the epoch, as the signer says. */
  readonly signedAt: number | null;
  readonly hashAlgorithm: string | null;
}

export interface SmimeSignature {
  readonly outcome: SignatureOutcome;
  /** Of the signer; null when the message brings none. */
  readonly certificate: CertificateFacts | null;
  /** Milliseconds since the epoch, as the signer says. */
  readonly signedAt: number | null;
  readonly hashAlgorithm: string | null;
}
