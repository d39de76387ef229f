import type { CallOptions } from '../../kit/call-options.js';
import type { CertificateFacts, PgpKeyFacts } from './facts.js';
import type { PgpSignature, SignatureReport, SmimeSignature } from './reports.js';

/** Armor or PEM as text, or the bytes themselves (which may hold either). */
export type TextOrBytes = string | Uint8Array;

export interface VerifyPgpInput {
  /** A mail (PGP/MIME or inline), an armored or binary signed message, or, with `signature`, what was signed. */
  readonly message: TextOrBytes;
  /** A detached signature, armored or binary. */
  readonly signature?: TextOrBytes | undefined;
  /** Public keys of those who may have signed. */
  readonly keys: readonly TextOrBytes[];
  /** Largest content a compressed message may unfold to, bytes. Default 1 MiB. */
  readonly maxContentBytes?: number | undefined;
}

export interface EncryptPgpInput {
  readonly content: TextOrBytes;
  /** Public keys of everybody who shall read it. */
  readonly keys: readonly TextOrBytes[];
  /** `MAIL`: content is a mail and becomes a PGP/MIME one, its header fields stay. */
  readonly form: 'ARMORED' | 'BINARY' | 'MAIL';
}

export interface VerifySmimeInput {
  /** A mail, a PKCS7 message in PEM or DER, or, with `signature`, what was signed. */
  readonly message: TextOrBytes;
  /** A detached PKCS7 signature, PEM or DER. */
  readonly signature?: TextOrBytes | undefined;
  /** Certificates that are trusted: authorities, or signers themselves. */
  readonly trusted: readonly TextOrBytes[];
}

/** AES with 256 bits: CBC as EnvelopedData, GCM as AuthEnvelopedData. */
export type SmimeCipher = 'AES_256_CBC' | 'AES_256_GCM';

/** Padding of RSA: that of old, or RSAES-OAEP with SHA-1. */
export type SmimeKeyTransport = 'PKCS1_V1_5' | 'OAEP';

export interface EncryptSmimeInput {
  readonly content: TextOrBytes;
  /** Certificates of everybody who shall read it. */
  readonly certificates: readonly TextOrBytes[];
  /** `MAIL`: content is a mail and becomes an S/MIME one, its header fields stay. */
  readonly form: 'PEM' | 'DER' | 'MAIL';
  /** How the content is encrypted. Default `AES_256_CBC`. */
  readonly cipher?: SmimeCipher | undefined;
  /** How the key to it is encrypted to RSA certificates. Default `PKCS1_V1_5`. */
  readonly keyTransport?: SmimeKeyTransport | undefined;
}

/** Whose call it is. */
export type LocalCallOptions = Pick<CallOptions, 'fairnessKey'>;

/**
 * OpenPGP and S/MIME with public material alone: nothing secret enters, nothing leaves this machine, nothing is kept.
 *
 * It works in threads of its own, so that a large mail holds up nobody. Every method fails with a `ProviderError`:
 * `INVALID_INPUT` names the field (of the input, here `key`, `certificate`, `message`, ...) and the rule, `TOO_LARGE`
 * names the field, `RATE_LIMITED` when too much waits already, or too much of this caller, `PROCESSING_LIMIT` when it asks for too much work or
 * memory.
 */
export interface LocalCrypto {
  /** One public key, armored or binary. A private one is refused. */
  inspectPgpKey(key: TextOrBytes, call?: LocalCallOptions): Promise<PgpKeyFacts>;
  /** One certificate, PEM or DER. */
  inspectCertificate(certificate: TextOrBytes, call?: LocalCallOptions): Promise<CertificateFacts>;
  verifyPgp(input: VerifyPgpInput, call?: LocalCallOptions): Promise<SignatureReport<PgpSignature>>;
  encryptPgp(input: EncryptPgpInput, call?: LocalCallOptions): Promise<Uint8Array>;
  verifySmime(input: VerifySmimeInput, call?: LocalCallOptions): Promise<SignatureReport<SmimeSignature>>;
  encryptSmime(input: EncryptSmimeInput, call?: LocalCallOptions): Promise<Uint8Array>;
  /** Ends the threads; calls under way fail. */
  close(): Promise<void>;
}
