import type { OpenSsl } from './openssl.js';

/** One certificate of a path, as OpenSSL is told to make it. */
export interface PathCertificate {
  /** Names its files; also its common name, unless `subject` says otherwise. */
  readonly name: string;
  readonly subject?: string;
  /** Left out: it certifies itself. */
  readonly issuer?: string;
  /** Key of another one, for a second certificate of the same authority. */
  readonly keyOf?: string;
  readonly extensions: readonly string[];
}

export const AUTHORITY = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
export const SIGNER = [
  'basicConstraints=CA:FALSE',
  'keyUsage=critical,digitalSignature',
  'subjectAltName=email:anton@example.com',
];

/** Makes certificates with keys of P-256, in the order given. */
export async function makePath(openssl: OpenSsl, certificates: readonly PathCertificate[]): Promise<void> {
  await openssl.write('empty.cnf', '[req]\ndistinguished_name=dn\n[dn]\n');
  for (const { name, subject = `/CN=${name}`, issuer, keyOf, extensions } of certificates) {
    if (keyOf === undefined)
      await openssl.run([
        'genpkey',
        '-algorithm',
        'EC',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-out',
        `${name}.key`,
      ]);
    await openssl.run([
      ...['req', '-x509', '-config', 'empty.cnf', '-days', '30', '-subj', subject],
      ...['-key', `${keyOf ?? name}.key`, '-out', `${name}.pem`],
      ...(issuer === undefined ? [] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`]),
      ...extensions.flatMap((extension) => ['-addext', extension]),
    ]);
  }
}
