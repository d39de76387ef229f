import { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  Certificate,
  SubjectAlternativeName,
  type Extension,
  type TBSCertificate,
} from '@peculiar/asn1-x509';
import { nameKey as addressKey } from '../../../../same-name.js';
import type { CertificateFacts } from '../facts.js';
import type { CertificateAlgorithm } from './algorithms.js';
import { certificateFacts, publicKeyOf } from './certificate-facts.js';
import { utf8Mailbox } from './mailboxes.js';
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

  private constructor(x509: X509Certificate) {
    const { tbsCertificate, signatureAlgorithm } = AsnConvert.parse(new Uint8Array(x509.raw), Certificate);
    this.x509 = x509;
    this.body = tbsCertificate;
    this.signatureAlgorithm = signatureAlgorithm;
    this.issuerKey = nameKey(tbsCertificate.issuer);
    this.isSelfIssued = this.issuerKey === nameKey(tbsCertificate.subject);
    const facts = certificateFacts(x509);
    this.#facts = {
      ...facts,
      emails: [...new Set([...facts.emails, ...utf8Mailboxes(tbsCertificate)])],
      serial: this.serial.toString(),
      isSelfIssued: this.isSelfIssued,
    };
  }

  /** Undefined when it is no certificate, or so broken that nothing can be said of it. */
  static parse(der: Uint8Array): ParsedCertificate | undefined {
    try {
      const x509 = new X509Certificate(der);
      // OpenSSL passes over whatever stands behind it.
      return x509.raw.length === der.length ? new ParsedCertificate(x509) : undefined;
    } catch {
      // Each reader words it in its own way, and some trip over what they did not expect.
      return undefined;
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
    const found = this.extensions.find(({ extnID }) => extnID === oid);
    return found && AsnConvert.parse(found.extnValue.buffer, type);
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

const ALTERNATIVE_NAME = '2.5.29.17';

/** Addresses that are not ASCII. */
function utf8Mailboxes({ extensions = [] }: TBSCertificate): string[] {
  const found = Array.from(extensions).find(({ extnID }) => extnID === ALTERNATIVE_NAME);
  const names = found && AsnConvert.parse(found.extnValue.buffer, SubjectAlternativeName);
  return Array.from(names ?? []).flatMap((name) => {
    const address = utf8Mailbox(name);
    return address ? [addressKey(address)] : [];
  });
}

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const SEQUENCE = 0x30;

/** An ASN.1 INTEGER of any size. */
export function signedInteger(bytes: ArrayBuffer): bigint {
  const hex = Buffer.from(bytes).toString('hex');
  return hex === '' ? 0n : BigInt.asIntN(bytes.byteLength * 8, BigInt(`0x${hex}`));
}
