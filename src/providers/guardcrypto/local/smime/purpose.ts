import type { ParsedCertificate } from './parsed-certificate.js';

const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0';

/** Whether a certificate, or what its authority issues, may be for mail; what it does not restrict it allows. */
export function isForMail({ extendedKeyUsage }: ParsedCertificate): boolean {
  return (
    extendedKeyUsage.length === 0 ||
    ['emailProtection', ANY_EXTENDED_KEY_USAGE].some((one) => extendedKeyUsage.includes(one))
  );
}

/** Whether its key may sign mail (RFC 8550 section 4.4). */
export function maySignMail(certificate: ParsedCertificate): boolean {
  const { keyUsage } = certificate;
  const signs =
    keyUsage.length === 0 || ['digitalSignature', 'nonRepudiation'].some((one) => keyUsage.includes(one));
  return signs && isForMail(certificate);
}
