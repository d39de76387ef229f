import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { tellValidity } from '../../certificate-validity.js';
import type { Clock } from '../../clock.js';
import { ConfigError } from '../../config/config-error.js';
import type { Secret } from '../../config/secret.js';
import type { Logger } from '../../log.js';
import { causeCode } from './transport-error.js';

/** Files a provider's TLS connections are made with, all PEM. */
export interface TlsFiles {
  /**
   * What the environment variables begin with, for messages: `MESSAGING2FA` stands for `MESSAGING2FA_CERT_FILE`,
   * `_KEY_FILE`, `_KEY_PASSPHRASE` and `_CA_FILE`.
   */
  readonly prefix: string;
  /** Our certificate; its chain may follow. Without it none is presented. */
  readonly certFile?: string | undefined;
  /** Its private key. Default: in the same file. */
  readonly keyFile?: string | undefined;
  /** Opens the private key when it is encrypted. */
  readonly passphrase?: Pick<Secret, 'reveal'> | undefined;
  /** Authorities to trust besides Node's own. */
  readonly caFile?: string | undefined;
}

/** For providers that want no certificate of ours. @param caFile undefined: Node's own authorities are all there are */
export function authorities(prefix: string, caFile: string | undefined): TlsFiles | undefined {
  return caFile === undefined ? undefined : { prefix, caFile };
}

/** What new TLS connections are to be made with. */
export interface ClientCertificate {
  /** Changes (by identity) after the files have; looks at them at most every two seconds. */
  current(): SecureContext;
}

const CHECK_INTERVAL_MS = 2_000;

/**
 * Reads and checks the files, and reads them again when they change; should the new ones be unusable, the old ones
 * stay in use and the log says why.
 * @throws ConfigError naming the variable at fault
 */
export function openClientCertificate(files: TlsFiles, clock: Clock, logger: Logger): ClientCertificate {
  const tell = { clock, logger };
  let context = load(files, tell);
  let version = versionOf(files);
  let checkAt = clock.now() + CHECK_INTERVAL_MS;

  const reload = (): void => {
    try {
      const found = versionOf(files);
      if (found === version) return;
      context = load(files, tell);
      version = found;
      logger.info({ provider: files.prefix }, 'client certificate reloaded');
    } catch (error) {
      const setting = error instanceof ConfigError ? error.variable : files.prefix;
      logger.warn(
        { setting, reason: causeCode(error) },
        'changed client certificate cannot be used; the old one stays',
      );
    }
  };

  return {
    current() {
      if (clock.now() >= checkAt) {
        checkAt = clock.now() + CHECK_INTERVAL_MS;
        reload();
      }
      return context;
    },
  };
}

function load(
  { prefix, certFile, keyFile = certFile, passphrase, caFile }: TlsFiles,
  tell: { readonly clock: Clock; readonly logger: Logger },
): SecureContext {
  const ca = caFile === undefined ? undefined : readPem(caFile, `${prefix}_CA_FILE`);
  if (ca !== undefined) tellValidity(`${prefix}_CA_FILE`, parseCertificate(ca, `${prefix}_CA_FILE`), tell);
  // Naming authorities replaces Node's own, so they are named too.
  const trust = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  if (certFile === undefined || keyFile === undefined) return createSecureContext(trust);

  const cert = readPem(certFile, `${prefix}_CERT_FILE`);
  const certificate = parseCertificate(cert, `${prefix}_CERT_FILE`);
  const key = parseKey(readPem(keyFile, `${prefix}_KEY_FILE`), passphrase, prefix);
  if (!certificate.checkPrivateKey(key)) {
    throw new ConfigError(`${prefix}_KEY_FILE`, `holds a key that does not belong to ${prefix}_CERT_FILE.`);
  }
  tellValidity(`${prefix}_CERT_FILE`, certificate, tell);
  return createSecureContext({ ...trust, cert, key: key.export({ type: 'pkcs8', format: 'pem' }) });
}

function readPem(path: string, variable: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(
      variable,
      `names a file that cannot be read (${causeCode(error) ?? 'unknown reason'}).`,
    );
  }
}

function parseCertificate(pem: string, variable: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new ConfigError(variable, 'names a file without a readable PEM certificate.');
  }
}

function parseKey(pem: string, passphrase: TlsFiles['passphrase'], prefix: string): KeyObject {
  const encrypted = pem.includes('ENCRYPTED');
  if (encrypted && passphrase === undefined) {
    throw new ConfigError(
      `${prefix}_KEY_PASSPHRASE`,
      `is not set, and the key in ${prefix}_KEY_FILE is encrypted.`,
    );
  }
  try {
    return createPrivateKey({ key: pem, ...(passphrase && { passphrase: passphrase.reveal() }) });
  } catch {
    throw encrypted
      ? new ConfigError(`${prefix}_KEY_PASSPHRASE`, `does not open the key in ${prefix}_KEY_FILE.`)
      : new ConfigError(`${prefix}_KEY_FILE`, 'names a file without a readable PEM private key.');
  }
}

// Mounted secrets are swapped by a link, which shows in the inode.
function versionOf({ certFile, keyFile, caFile }: TlsFiles): string {
  return [certFile, keyFile, caFile]
    .map((path) => {
      if (path === undefined) return '';
      const { ino, size, mtimeMs } = statSync(path);
      return `${ino}.${size}.${mtimeMs}`;
    })
    .join('|');
}
