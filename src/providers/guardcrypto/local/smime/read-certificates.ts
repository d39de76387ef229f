import { X509Certificate } from 'node:crypto';
import { invalidInput } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import type { TextOrBytes } from '../local-crypto.js';
import { isDer, pemBlocks } from './pem.js';

/**
 * All certificates in a text or file.
 * @throws ProviderError `INVALID_INPUT` when there is none, or a private key beside it
 */
export function readCertificates(path: readonly string[], value: TextOrBytes): X509Certificate[] {
  const name = path.join('.');
  const bytes = bytesOf(value);
  const text = bytes.toString('latin1');
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    throw invalidInput(
      path,
      `${name} holds a private key: keep it to yourself, only certificates belong here.`,
    );
  const ders = isDer(bytes) ? [bytes] : pemBlocks(text, 'CERTIFICATE', 'X509 CERTIFICATE');
  const certificates = ders.map(parse);
  if (certificates.length === 0 || certificates.includes(undefined))
    throw invalidInput(path, `${name} must be an X.509 certificate, PEM or DER.`);
  return certificates.filter((certificate) => certificate !== undefined);
}

/** The certificates of a list of texts or files. */
export function readCertificateList(field: string, values: readonly TextOrBytes[]): X509Certificate[] {
  return values.flatMap((value, index) => readCertificates([field, String(index)], value));
}

function parse(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}
