import { invalidInput } from '../../../../provider-error.js';
import type { CertificateFacts } from '../facts.js';
import { Effort } from '../effort.js';
import type { TextOrBytes } from '../local-crypto.js';
import { readCertificates } from './read-certificates.js';

/** @throws ProviderError `INVALID_INPUT` unless it is one certificate */
export async function inspectCertificate(value: TextOrBytes, now: Date): Promise<CertificateFacts> {
  const [certificate, ...more] = readCertificates(['certificate'], value, new Effort());
  if (certificate === undefined || more.length > 0)
    throw invalidInput(['certificate'], 'MALFORMED', 'certificate must be a single certificate.');
  return certificate.facts(now);
}
