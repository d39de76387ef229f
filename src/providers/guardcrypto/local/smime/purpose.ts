import type { ParsedCertificate } from './parsed-certificate.js';

/**
 * Whether a certificate, or what its authority issues, may be for mail; what it does not restrict it allows. One for any
 * purpose has to name mail beside that: OpenSSL asks so, though RFC 8550 section 4.4.4 does not.
 */
export function isForMail({ extendedKeyUsage }: ParsedCertificate): boolean {
  return extendedKeyUsage.length === 0 || extendedKeyUsage.includes('emailProtection');
}

/** Whether its key may sign mail (RFC 8550 section 4.4). */
export function maySignMail(certificate: ParsedCertificate): boolean {
  const { keyUsage } = certificate;
  const signs =
    keyUsage.length === 0 || ['digitalSignature', 'nonRepudiation'].some((one) => keyUsage.includes(one));
  return signs && isForMail(certificate);
}
