import { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate } from '@peculiar/asn1-x509';
import type { CertificateFacts } from '../facts.js';
import type { CertificateAlgorithm } from './algorithms.js';
import { certificateFacts, publicKeyOf } from './certificate-facts.js';
import { nameKey } from './names.js';
import { ReadableCertificate } from './readable-certificate.js';

/** A certificate that all of its readers understand. */
export class ParsedCertificate extends ReadableCertificate {
  /** Of its signature. */
  readonly signatureAlgorithm: CertificateAlgorithm;
  /** The same for certificates whose issuers have the same name. */
  readonly issuerKey: string;
  readonly #facts: Omit<CertificateFacts, 'isExpired'>;
  #holderKey: string | undefined;
  private constructor(x509: X509Certificate) {
    const { tbsCertificate, signatureAlgorithm } = AsnConvert.parse(new Uint8Array(x509.raw), Certificate);
    super(x509, tbsCertificate);
    this.signatureAlgorithm = signatureAlgorithm;
    this.issuerKey = nameKey(tbsCertificate.issuer);
    this.#facts = certificateFacts(this);
  }

  /** `NONE` when OpenSSL does not read it, and `ODD` when another of its readers does not. */
  static parse(der: Uint8Array): ParsedCertificate | 'ODD' | 'NONE' {
    const x509 = x509Of(der);
    try {
      return x509 === undefined ? 'NONE' : new ParsedCertificate(x509);
    } catch {
      // Each words it in its own way, and some trip over what they did not expect.
      return 'ODD';
    }
  }

  /** SHA-256 in hex. */
  get fingerprint(): string {
    return this.#facts.fingerprint;
  }

  /** The same for certificates of the same name and key: they are of one holder. */
  get holderKey(): string {
    const key = () => publicKeyOf(this.x509)?.export({ type: 'spki', format: 'der' }).toString('base64');
    return (this.#holderKey ??= JSON.stringify([this.x509.subject, key()]));
  }

  get keyUsage(): readonly string[] {
    return this.#facts.keyUsage;
  }

  get extendedKeyUsage(): readonly string[] {
    return this.#facts.extendedKeyUsage;
  }

  /** Distinguished name of its holder, for people. */
  get subject(): string {
    return this.#facts.subject;
  }

  /** What makes it impossible to go by, whatever it is for; undefined: nothing. */
  get obstacle(): string | undefined {
    return this.#facts.obstacle ?? undefined;
  }

  /** What it says of itself. */
  facts(now: Date): CertificateFacts {
    return { ...this.#facts, isExpired: this.timeliness(now) !== 'GOOD' };
  }

  /** Whether it is in its time. */
  timeliness(now: Date): 'GOOD' | 'EXPIRED' | 'NOT_YET_VALID' {
    if (now.getTime() < this.#facts.notBefore) return 'NOT_YET_VALID';
    return now.getTime() > this.#facts.notAfter ? 'EXPIRED' : 'GOOD';
  }
}

function x509Of(der: Uint8Array): X509Certificate | undefined {
  try {
    const x509 = new X509Certificate(der);
    // OpenSSL passes over whatever stands behind it.
    return x509.raw.length === der.length ? x509 : undefined;
  } catch {
    return undefined;
  }
}
