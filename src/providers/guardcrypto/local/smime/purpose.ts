import { EXTENSIONS } from './chain/extensions.js';
import type { ParsedCertificate } from './parsed-certificate.js';

/**
 * Whether a certificate, or what its authority issues, may be for mail; what it does not restrict it allows. One for any
 * purpose has to name mail beside that: OpenSSL asks so, though RFC 8550 section 4.4.4 does not.
 */
export function isForMail(certificate: ParsedCertificate): boolean {
  const [extKeyUsage] = EXTENSIONS.extKeyUsage;
  return !certificate.has(extKeyUsage) || certificate.extendedKeyUsage.includes('emailProtection');
}

/** Whether its key usage has one of these, or it has none that restricts its key. */
export function mayBeUsed(certificate: ParsedCertificate, ...usages: readonly string[]): boolean {
  const [keyUsage] = EXTENSIONS.keyUsage;
  return !certificate.has(keyUsage) || usages.some((one) => certificate.keyUsage.includes(one));
}

/** Whether it is a holder's certificate for mail, also by what Netscape asked for before there was anything else. */
export function isOfMailUser(certificate: ParsedCertificate): boolean {
  const netscape = certificate.extension(...EXTENSIONS.netscapeCertType)?.toNumber();
  return isForMail(certificate) && (netscape === undefined || (netscape & NETSCAPE_MAIL) !== 0);
}

/** S/MIME, and clients of TLS: some authorities meant the same by that, and OpenSSL takes it so. */
const NETSCAPE_MAIL = 0b101;

/** Whether its key may sign mail (RFC 8550 section 4.4). */
export function maySignMail(certificate: ParsedCertificate): boolean {
  return mayBeUsed(certificate, 'digitalSignature', 'nonRepudiation') && isOfMailUser(certificate);
}
