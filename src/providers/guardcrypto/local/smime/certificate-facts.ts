// @peculiar/x509 looks for the metadata API while it loads.
import { nameKey } from '../../../../same-name.js';
import 'reflect-metadata';
import type { KeyObject, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { CertificateFacts } from '../facts.js';

/** What a certificate says of itself, whatever the time. @throws anything when it is broken */
export function certificateFacts(
  certificate: X509Certificate,
): Omit<CertificateFacts, 'isExpired' | 'serial' | 'isSelfIssued'> {
  const parsed = new x509.X509Certificate(new Uint8Array(certificate.raw));
  return {
    subject: parsed.subject,
    issuer: parsed.issuer,
    emails: emailsOf(parsed),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    notBefore: timeOf(parsed.notBefore),
    notAfter: timeOf(parsed.notAfter),
    ...keyFacts(certificate),
    keyUsage: keyUsageOf(parsed),
    extendedKeyUsage: extendedKeyUsageOf(parsed),
    isCertificateAuthority: certificate.ca,
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

function emailsOf(certificate: x509.X509Certificate): string[] {
  const names = certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? [];
  const alternative = names.filter(({ type }) => type === 'email').map(({ value }) => value);
  const subject = ['E', EMAIL_ADDRESS].flatMap((field) => certificate.subjectName.getField(field));
  return [...new Set([...alternative, ...subject].map(nameKey))];
}

/** The address in a distinguished name (emailAddress of PKCS #9). */
export const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';

// Named as RFC 5280 does.
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

function keyUsageOf(certificate: x509.X509Certificate): string[] {
  const usages = certificate.getExtension(x509.KeyUsagesExtension)?.usages ?? 0;
  return KEY_USAGES.filter((name) => (usages & x509.KeyUsageFlags[name]) !== 0);
}

function extendedKeyUsageOf(certificate: x509.X509Certificate): string[] {
  const names = new Map<unknown, string>(
    Object.entries(x509.ExtendedKeyUsage).map(([name, oid]) => [oid, name]),
  );
  const usages = certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages ?? [];
  return usages.map((oid) => names.get(oid) ?? String(oid));
}
