import { X509Certificate } from 'node:crypto';
import type { SignerInfo } from 'pkijs';

/** MD5 and SHA-1, alone and within RSA and ECDSA. */
const WEAK_ALGORITHMS: ReadonlySet<string> = new Set([
  '1.2.840.113549.2.5',
  '1.3.14.3.2.26',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10045.4.1',
]);

const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const ANY_PURPOSE = '2.5.29.37.0';

/** Whether nobody can make another text that the signature fits as well. */
export function isStrong({ digestAlgorithm, signatureAlgorithm }: SignerInfo): boolean {
  return ![digestAlgorithm, signatureAlgorithm].some(({ algorithmId }) => WEAK_ALGORITHMS.has(algorithmId));
}

/** Whether a certificate is for mail, of a strong key, valid, and known: itself or its issuer. @param trusted PEM */
export function isTrusted(certificate: X509Certificate, trusted: readonly string[], now: Date): boolean {
  const { modulusLength = Infinity } = certificate.publicKey.asymmetricKeyDetails ?? {};
  const purposes = certificate.keyUsage as readonly string[] | undefined;
  const isForMail = purposes?.some((one) => one === EMAIL_PROTECTION || one === ANY_PURPOSE) ?? true;
  if (modulusLength < 2048 || !isForMail || !isValid(certificate, now)) return false;
  return trusted
    .map((pem) => new X509Certificate(pem))
    .some(
      (known) =>
        known.fingerprint256 === certificate.fingerprint256 ||
        (known.ca &&
          isValid(known, now) &&
          certificate.checkIssued(known) &&
          certificate.verify(known.publicKey)),
    );
}

function isValid({ validFrom, validTo }: X509Certificate, now: Date): boolean {
  return now >= new Date(validFrom) && now < new Date(validTo);
}
