import type { CheckedContent } from './checked-content.js';
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
  /** It does not fit the content or the key. */
  | 'BAD'
  /** It fits, yet the signature, the key or the certificate had come to its end. */
  | 'EXPIRED'
  /** It fits, yet the signature, the key or the certificate begins later. */
  | 'NOT_YET_VALID'
  /** It fits, yet somebody else could make one that does: an algorithm is broken or a key too short. */
  | 'WEAK'
  /** Nothing can be said: it takes something that is not known here. */
  | 'UNSUPPORTED'
  /** None of the keys or certificates at hand made it. */
  | 'KEY_MISSING'
  /** It fits, yet the key is not made for signing messages, or not bound to its owner. */
  | 'KEY_UNUSABLE'
  /** It fits, yet the key is revoked. */
  | 'REVOKED'
  /** It fits, yet the certificate does not lead to one that is trusted here. */
  | 'NOT_TRUSTED';

/** An outcome and, unless it is good, what decided it. */
export interface Verdict {
  readonly outcome: SignatureOutcome;
  /** For people, for example `SHA-1` or `RSA with 1024 bits`; null when there is nothing to add. */
  readonly reason: string | null;
}

/** What a message carries beside its signatures and what they cover; its header fields apart. */
export type Beside =
  | 'NOTHING'
  /** Something mail programs do not show: before or behind the parts of a mail, behind or within a signature. */
  | 'HIDDEN'
  /** Text before or behind a block within text. */
  | 'SHOWN';

/** What looking at the signatures of a message came to. */
export interface SignatureReport<Signature> {
  readonly form: SignatureForm;
  /** There is a signature, every one is `GOOD`, and no text that is shown stands around what they cover. */
  readonly isVerified: boolean;
  /** Whether the message carries nothing beside its signatures, what they cover, and its header fields. */
  readonly isWhole: boolean;
  readonly signatures: readonly Signature[];
  /** Exactly what was checked: show this to people, not the message around it. */
  readonly content: Uint8Array;
  /** The address a mail says it is from, lower case; null when it is no mail, or does not name one and no other. */
  readonly sender: string | null;
}

/** What a report says of a message beside its signatures. */
export interface Reported {
  readonly form: SignatureForm;
  readonly beside: Beside;
  /** As `senderOf` finds it. */
  readonly sender: string | null | undefined;
}

/** The report about content that was checked. */
export function reportOn<Signature extends Verdict>(
  { bytes, signatures }: CheckedContent<Signature>,
  { form, beside, sender = null }: Reported,
): SignatureReport<Signature> {
  const isGood = signatures.length > 0 && signatures.every(({ outcome }) => outcome === 'GOOD');
  const isVerified = isGood && beside !== 'SHOWN';
  return { form, isVerified, isWhole: beside === 'NOTHING', signatures, content: bytes, sender };
}

/** Whether a signature is of whom the message says it is from. */
export interface BySender {
  /**
   * Whether the address the mail says it is from is one of the signer's; null when the message does not say, or the
   * signer is not known.
   */
  readonly isBySender: boolean | null;
}

/**
 * @param sender as `senderOf` finds it
 * @param addresses the signer's, ready to be compared; undefined: not known
 */
export function isBySender(
  sender: string | null | undefined,
  addresses: readonly string[] | undefined,
): boolean | null {
  if (sender === undefined || addresses === undefined) return null;
  return sender !== null && addresses.includes(sender);
}

export interface PgpSignature extends Verdict, BySender {
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
  /** Whether the key has come to its end by now. */
  readonly isKeyExpired: boolean;
  /** Whether the key is revoked by now. */
  readonly isKeyRevoked: boolean;
}

export interface SmimeSignature extends Verdict, BySender {
  /** Of the signer; null when neither the message nor those trusted have it. */
  readonly certificate: CertificateFacts | null;
  /** Milliseconds since the epoch, as the signer says. */
  readonly signedAt: number | null;
  readonly hashAlgorithm: string | null;
}
