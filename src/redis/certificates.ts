import { createPrivateKey, X509Certificate } from 'node:crypto';
import { tellValidity } from '../certificate-validity.js';
import type { Clock } from '../clock.js';
import { ConfigError } from '../config/config-error.js';
import type { RedisTls } from '../config/redis.js';
import type { Logger } from '../log.js';

/**
 * Looks at the files that connections to Redis are made with, and tells when they run out.
 * @throws ConfigError naming the setting whose file cannot be used
 */
export function checkRedisCertificates(
  { ca, cert, key }: RedisTls,
  tell: { readonly clock: Clock; readonly logger: Logger },
): void {
  if (ca !== undefined) tellValidity('REDIS_CA_FILE', parse('REDIS_CA_FILE', ca), tell);
  if (cert === undefined || key === undefined) return;
  const certificate = parse('REDIS_CERT_FILE', cert);
  if (!certificate.checkPrivateKey(readKey(key.reveal())))
    throw new ConfigError('REDIS_KEY_FILE', 'holds a key that does not belong to REDIS_CERT_FILE.');
  tellValidity('REDIS_CERT_FILE', certificate, tell);
}

function parse(setting: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new ConfigError(setting, 'names a file without a readable PEM certificate.');
  }
}

function readKey(pem: string): ReturnType<typeof createPrivateKey> {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new ConfigError('REDIS_KEY_FILE', 'names a file without a readable PEM private key.');
  }
}
