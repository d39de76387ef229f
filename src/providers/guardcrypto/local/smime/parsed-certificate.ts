import { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate, type Extension, type TBSCertificate } from '@peculiar/asn1-x509';
import type { CertificateFacts } from '../facts.js';
import type { CertificateAlgorithm } from './algorithms.js';
import { certificateFacts, publicKeyOf } from './certificate-facts.js';
import { nameKey } from './names.js';

/** A certificate that all of its readers understand. */
export class ParsedCertificate {
  /** As OpenSSL reads it: signatures are checked with it. */
  readonly x509: X509Certificate;
  /** What is signed: names and extensions. */
  readonly body: TBSCertificate;
  /** Of its signature. */
  readonly signatureAlgorithm: CertificateAlgorithm;
  /** The same for certificates whose issuers have the same name. */
  readonly issuerKey: string;
  /** Whether holder and issuer have the same name. */
  readonly isSelfIssued: boolean;
  readonly #facts: Omit<CertificateFacts, 'isExpired'>;
  #holderKey: string | undefined;
  /** What extensions hold, by object identifier; undefined of those that are malformed. */
  readonly #values = new Map<string, unknown>();

  private constructor(x509: X509Certificate) {
    const { tbsCertificate, signatureAlgorithm } = AsnConvert.parse(new Uint8Array(x509.raw), Certificate);
    this.x509 = x509;
    this.body = tbsCertificate;
    this.signatureAlgorithm = signatureAlgorithm;
    this.issuerKey = nameKey(tbsCertificate.issuer);
    this.isSelfIssued = this.issuerKey === nameKey(tbsCertificate.subject);
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

  /** Up to 20 octets; negative ones are about, though none should be. */
  get serial(): bigint {
    return signedInteger(this.body.serialNumber);
  }

  /** The same for certificates of the same name and key: they are of one holder. */
  get holderKey(): string {
    const key = () => publicKeyOf(this.x509)?.export({ type: 'spki', format: 'der' }).toString('base64');
    return (this.#holderKey ??= JSON.stringify([this.x509.subject, key()]));
  }

  /** Whether its key is on a curve that it describes instead of naming it, which RFC 5480 section 2.1.1 forbids. */
  get hasOwnCurve(): boolean {
    const { algorithm, parameters } = this.body.subjectPublicKeyInfo.algorithm;
    return (
      algorithm === EC_PUBLIC_KEY &&
      parameters !== null &&
      parameters !== undefined &&
      new Uint8Array(parameters)[0] === SEQUENCE
    );
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

  get extensions(): readonly Extension[] {
    return this.body.extensions ?? [];
  }

  /** Whether it has an extension, whatever that says. */
  has(oid: string): boolean {
    return this.extensions.some(({ extnID }) => extnID === oid);
  }

  /** The value of an extension. @throws Error when it is malformed */
  extension<Value>(oid: string, type: new () => Value): Value | undefined {
    const value = this.readable(oid, type);
    if (value === undefined && this.has(oid)) throw new TypeError(`the extension ${oid} is malformed`);
    return value;
  }

  /** The value of an extension; undefined also when it is malformed. */
  readable<Value>(oid: string, type: new () => Value): Value | undefined {
    if (!this.#values.has(oid)) this.#values.set(oid, this.#parse(oid, type));
    const value = this.#values.get(oid);
    return value instanceof type ? value : undefined;
  }

  #parse(oid: string, type: new () => unknown): unknown {
    const found = this.extensions.find(({ extnID }) => extnID === oid);
    try {
      return found && AsnConvert.parse(found.extnValue.buffer, type);
    } catch {
      return undefined;
    }
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

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const SEQUENCE = 0x30;

/** An ASN.1 INTEGER of any size. */
export function signedInteger(bytes: ArrayBuffer): bigint {
  const hex = Buffer.from(bytes).toString('hex');
  return hex === '' ? 0n : BigInt.asIntN(bytes.byteLength * 8, BigInt(`0x${hex}`));
}
