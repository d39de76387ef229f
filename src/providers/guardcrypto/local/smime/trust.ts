import type { X509Certificate } from 'node:crypto';
import { Certificate, CertificateChainValidationEngine } from 'pkijs';

/**
 * Whether a certificate is one of those trusted, or leads to one by the certificates that came along. Revocation lists
 * are not asked for: nothing here calls anybody.
 */
export async function isTrusted(
  signer: Certificate,
  others: readonly Certificate[],
  trusted: readonly X509Certificate[],
  now: Date,
): Promise<boolean> {
  const der = Buffer.from(signer.toSchema(true).toBER());
  if (trusted.some(({ raw }) => raw.equals(der))) return true;
  const authorities = trusted.filter(({ ca }) => ca);
  if (authorities.length === 0) return false;
  const engine = new CertificateChainValidationEngine({
    trustedCerts: authorities.map(({ raw }) => Certificate.fromBER(new Uint8Array(raw))),
    // The last is the one in question.
    certs: [...others.filter((certificate) => certificate !== signer), signer],
    checkDate: now,
  });
  const { result } = await engine.verify();
  return result;
}
