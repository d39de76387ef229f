// @peculiar/x509 looks for the metadata API while it loads.
import 'reflect-metadata';
import type { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { CertificateFacts } from '../facts.js';

/** What a certificate says of itself. */
export function certificateFacts(certificate: X509Certificate, now: Date): CertificateFacts {
  const parsed = new x509.X509Certificate(new Uint8Array(certificate.raw));
  const { asymmetricKeyType = 'unknown', asymmetricKeyDetails } = certificate.publicKey;
  return {
    subject: parsed.subject,
    issuer: parsed.issuer,
    emails: emailsOf(parsed),
    serial: BigInt(`0x${certificate.serialNumber}`).toString(),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    notBefore: parsed.notBefore.getTime(),
    notAfter: parsed.notAfter.getTime(),
    isExpired: !isInTime(parsed, now),
    algorithm: asymmetricKeyType,
    bits: asymmetricKeyDetails?.modulusLength ?? null,
    curve: asymmetricKeyDetails?.namedCurve ?? null,
    keyUsage: keyUsageOf(parsed),
    extendedKeyUsage: extendedKeyUsageOf(parsed),
    isCertificateAuthority: certificate.ca,
    isSelfIssued: parsed.subject === parsed.issuer,
  };
}

function isInTime({ notBefore, notAfter }: x509.X509Certificate, now: Date): boolean {
  return notBefore <= now && now <= notAfter;
}

function emailsOf(certificate: x509.X509Certificate): string[] {
  const names = certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? [];
  const alternative = names.filter(({ type }) => type === 'email').map(({ value }) => value);
  const subject = ['E', EMAIL_ADDRESS].flatMap((field) => certificate.subjectName.getField(field));
  return [...new Set([...alternative, ...subject].map((email) => email.toLowerCase()))];
}

const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';

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
