import type { CertificateFacts } from '../facts.js';
import { Effort } from '../effort.js';
import type { TextOrBytes } from '../local-crypto.js';
import { readCertificate } from './read-certificates.js';

/** @throws ProviderError `INVALID_INPUT` unless it is one certificate */
export async function inspectCertificate(value: TextOrBytes, now: Date): Promise<CertificateFacts> {
  return readCertificate(['certificate'], value, new Effort()).facts(now);
}
