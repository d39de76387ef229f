import type { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import type { Extension, TBSCertificate } from '@peculiar/asn1-x509';
import { nameKey } from './names.js';

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const SEQUENCE = 0x30;

/** A certificate as it is written, before anything is made of that. */
export class ReadableCertificate {
  /** As OpenSSL reads it: signatures are checked with it. */
  readonly x509: X509Certificate;
  /** What is signed: names and extensions. */
  readonly body: TBSCertificate;
  /** Whether holder and issuer have the same name. */
  readonly isSelfIssued: boolean;
  /** What extensions hold, by object identifier; undefined of those that are malformed. */
  readonly #values = new Map<string, unknown>();

  constructor(x509: X509Certificate, body: TBSCertificate) {
    this.x509 = x509;
    this.body = body;
    this.isSelfIssued = nameKey(body.issuer) === nameKey(body.subject);
  }

  /** Up to 20 octets; negative ones are about, though none should be. */
  get serial(): bigint {
    return signedInteger(this.body.serialNumber);
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
}

/** An ASN.1 INTEGER of any size. */
export function signedInteger(bytes: ArrayBuffer): bigint {
  const hex = Buffer.from(bytes).toString('hex');
  return hex === '' ? 0n : BigInt.asIntN(bytes.byteLength * 8, BigInt(`0x${hex}`));
}
