// @peculiar/x509 looks for the metadata API while it loads.
import 'reflect-metadata';
import type { KeyObject, X509Certificate } from 'node:crypto';
import { ExtendedKeyUsage, Name } from '@peculiar/x509';
import { nameKey } from '../../../../same-name.js';
import type { CertificateFacts } from '../facts.js';
import { EXTENSIONS } from './chain/extensions.js';
import { obstacleIn } from './chain/obstacle.js';
import { utf8Mailbox } from './mailboxes.js';
import type { ReadableCertificate } from './readable-certificate.js';

/** What a certificate says of itself, whatever the time. @throws anything when it is broken */
export function certificateFacts(certificate: ReadableCertificate): Omit<CertificateFacts, 'isExpired'> {
  const { x509, body, serial, isSelfIssued } = certificate;
  const subject = new Name(body.subject);
  return {
    subject: subject.toString(),
    issuer: new Name(body.issuer).toString(),
    emails: emailsOf(certificate, subject),
    serial: serial.toString(),
    fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    notBefore: timeOf(body.validity.notBefore.getTime()),
    notAfter: timeOf(body.validity.notAfter.getTime()),
    ...keyFacts(x509),
    keyUsage: keyUsageOf(certificate),
    extendedKeyUsage: extendedKeyUsageOf(certificate),
    isCertificateAuthority: x509.ca,
    isSelfIssued,
    obstacle: obstacleIn(certificate) ?? null,
  };
}

function timeOf(date: Date): number {
  const time = date.getTime();
  if (Number.isNaN(time)) throw new RangeError('no date');
  return time;
}

/** A key of a kind, or with values, that OpenSSL does not know is one nothing can be done with. */
function keyFacts(certificate: X509Certificate): Pick<CertificateFacts, 'algorithm' | 'bits' | 'curve'> {
  const key = publicKeyOf(certificate);
  const { modulusLength, namedCurve } = key?.asymmetricKeyDetails ?? {};
  return {
    algorithm: key?.asymmetricKeyType ?? 'unknown',
    bits: modulusLength ?? null,
    curve: namedCurve ?? null,
  };
}

/** Undefined when OpenSSL does not know the kind of key, or its values make no key. */
export function publicKeyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey;
  } catch {
    return undefined;
  }
}

function emailsOf(certificate: ReadableCertificate, subject: Name): string[] {
  const alternative = Array.from(certificate.readable(...EXTENSIONS.subjectAltName) ?? [], (name) => {
    return name.rfc822Name ?? utf8Mailbox(name) ?? '';
  });
  const inSubject = ['E', EMAIL_ADDRESS].flatMap((field) => subject.getField(field));
  return [...new Set([...alternative.filter((address) => address !== ''), ...inSubject].map(nameKey))];
}

/** The address in a distinguished name (emailAddress of PKCS #9). */
export const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';

// Named as RFC 5280 does, in the order of their bits.
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

function keyUsageOf(certificate: ReadableCertificate): string[] {
  const usages = certificate.readable(...EXTENSIONS.keyUsage)?.toNumber() ?? 0;
  return KEY_USAGES.filter((_, bit) => (usages & (1 << bit)) !== 0);
}

const PURPOSES: ReadonlyMap<unknown, string> = new Map(
  Object.entries(ExtendedKeyUsage).map(([name, oid]) => [oid, name]),
);

function extendedKeyUsageOf(certificate: ReadableCertificate): string[] {
  const usages = certificate.readable(...EXTENSIONS.extKeyUsage);
  return Array.from(usages ?? [], (oid) => PURPOSES.get(oid) ?? oid);
}
