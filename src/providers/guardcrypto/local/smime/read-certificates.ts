import { checkAll } from '../../../../check-all.js';
import { invalidInput } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import { distinct } from '../distinct.js';
import type { Effort } from '../effort.js';
import type { TextOrBytes } from '../local-crypto.js';
import { countValues } from './count-values.js';
import { TAG } from './der.js';
import { ParsedCertificate } from './parsed-certificate.js';
import { isDer, pemBlocks } from './pem.js';

const PRIVATE_KEY = /-----BEGIN (?:(?:RSA|EC|DSA|ENCRYPTED|OPENSSH|ANY) )?PRIVATE KEY-----/;

/**
 * All certificates in a text or file.
 * @throws ProviderError `INVALID_INPUT` when there is none, or a private key beside it; `PROCESSING_LIMIT`
 */
export function readCertificates(
  path: readonly string[],
  value: TextOrBytes,
  effort: Effort,
): readonly ParsedCertificate[] {
  const name = path.join('.');
  const bytes = bytesOf(value);
  const text = bytes.toString('latin1');
  if (PRIVATE_KEY.test(text))
    throw invalidInput(
      path,
      'NOT_ALLOWED',
      `${name} holds a private key: keep it to yourself, only certificates belong here.`,
    );
  const ders = isDer(bytes) ? [bytes] : pemBlocks(text, 'CERTIFICATE', 'X509 CERTIFICATE');
  const { certificates, odd, broken } = parseEach(ders, path, effort);
  if (certificates.length === 0 || odd + broken > 0)
    throw invalidInput(path, 'MALFORMED', `${name} must be an X.509 certificate, PEM or DER.`);
  return certificates;
}

/**
 * The one certificate in a text or file.
 * @throws ProviderError `INVALID_INPUT` also when there are more, `PROCESSING_LIMIT`
 */
export function readCertificate(
  path: readonly string[],
  value: TextOrBytes,
  effort: Effort,
): ParsedCertificate {
  const [certificate, ...more] = readCertificates(path, value, effort);
  if (certificate === undefined || more.length > 0)
    throw invalidInput(path, 'MALFORMED', `${path.join('.')} must be a single certificate.`);
  return certificate;
}

/** The certificates of a list of texts or files. @throws ProviderError naming each that is wrong */
export function readCertificateList(
  field: string,
  values: readonly TextOrBytes[],
  effort: Effort,
): ParsedCertificate[] {
  return checkAll(
    values.map((value, index) => () => readCertificates([field, String(index)], value, effort)),
  ).flat();
}

/** What comes of certificates in DER. */
export interface ParsedCertificates {
  readonly certificates: readonly ParsedCertificate[];
  /** How many of them OpenSSL reads, and others do not, or are of a kind that nobody here makes use of. */
  readonly odd: number;
  /** How many are none. */
  readonly broken: number;
}

/**
 * Certificates in DER, each once.
 * @throws ProviderError `PROCESSING_LIMIT`
 */
export function parseEach(
  ders: readonly Buffer[],
  path: readonly string[],
  effort: Effort,
): ParsedCertificates {
  const parsed = distinct(ders, (der) => der).map((der) => {
    effort.spend('certificates', path);
    countValues(der, () => effort.spend('certificateValues', path));
    return der[0] === TAG.sequence ? ParsedCertificate.parse(der) : 'ODD';
  });
  return {
    certificates: parsed.filter((one) => one instanceof ParsedCertificate),
    odd: parsed.filter((one) => one === 'ODD').length,
    broken: parsed.filter((one) => one === 'NONE').length,
  };
}
