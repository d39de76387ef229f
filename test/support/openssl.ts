import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './run-program.js';
import { temporaryDirectory, type Teardown } from './simulators.js';

/** A certificate and its private key, as files in OpenSSL's directory and as PEM. */
export interface OpenSslIdentity {
  readonly name: string;
  readonly certificate: string;
  readonly key: string;
}

/** OpenSSL with files of its own, which end with the test. */
export class OpenSsl {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(test: Teardown): Promise<OpenSsl> {
    return new OpenSsl(await temporaryDirectory(test));
  }

  /** Runs openssl among its files; it has to succeed. */
  run(args: readonly string[], input?: string | Uint8Array): Promise<Buffer> {
    return runProgram('openssl', args, { cwd: this.#directory, input });
  }

  write(name: string, content: string | Uint8Array): Promise<void> {
    return writeFile(join(this.#directory, name), content);
  }

  read(name: string): Promise<Buffer> {
    return readFile(join(this.#directory, name));
  }

  /** Makes an authority: `NAME.pem` and `NAME.key`. @param issuer none: it certifies itself */
  async newAuthority(name: string, issuer?: string): Promise<OpenSslIdentity> {
    const extensions = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
    return this.#issue(name, 'ec', `/CN=${name}`, extensions, issuer);
  }

  /** Makes a mail certificate: `NAME.pem` and `NAME.key`. */
  async newMailIdentity(
    name: string,
    { algorithm, email, issuer }: { algorithm: 'rsa' | 'ec'; email: string; issuer: string },
  ): Promise<OpenSslIdentity> {
    const usage = algorithm === 'rsa' ? 'keyEncipherment' : 'keyAgreement';
    const extensions = [
      'basicConstraints=CA:FALSE',
      `keyUsage=critical,digitalSignature,${usage}`,
      'extendedKeyUsage=emailProtection',
      `subjectAltName=email:${email}`,
    ];
    return this.#issue(name, algorithm, `/CN=${name}/emailAddress=${email}`, extensions, issuer);
  }

  async #issue(
    name: string,
    algorithm: 'rsa' | 'ec',
    subject: string,
    extensions: readonly string[],
    issuer: string | undefined,
  ): Promise<OpenSslIdentity> {
    const kind = algorithm === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    const signed = issuer === undefined ? [] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`];
    await this.write('empty.cnf', '[req]\ndistinguished_name=dn\n[dn]\n');
    await this.run([
      ...['req', '-x509', '-config', 'empty.cnf', '-newkey', ...kind, '-nodes', '-days', '30'],
      ...['-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.pem`, ...signed],
      ...extensions.flatMap((extension) => ['-addext', extension]),
    ]);
    const [certificate, key] = await Promise.all([this.read(`${name}.pem`), this.read(`${name}.key`)]);
    return { name, certificate: certificate.toString(), key: key.toString() };
  }
}
