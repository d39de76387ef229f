import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram, tryProgram, type ProgramResult } from './run-program.js';
import type { Teardown } from './simulators.js';

const QUIET = ['--batch', '--no-tty', '--quiet', '--yes', '--trust-model', 'always'];
const UNLOCK = ['--pinentry-mode', 'loopback', '--passphrase'];

/** GnuPG with a key ring of its own, which ends with the test together with its agent. */
export class GnuPg {
  readonly #home: string;

  private constructor(home: string) {
    this.#home = home;
  }

  static async open(test: Teardown): Promise<GnuPg> {
    // Short, because the agent's socket is in there and such paths have to be.
    const home = await mkdtemp(join(tmpdir(), 'gpg-'));
    test.after(async () => {
      await runProgram('gpgconf', ['--homedir', home, '--kill', 'all']);
      await rm(home, { recursive: true, force: true });
    });
    return new GnuPg(home);
  }

  /** Runs gpg, which has to succeed. */
  run(args: readonly string[], input?: string | Uint8Array, passphrase = ''): Promise<Buffer> {
    return runProgram('gpg', [...this.#options(passphrase), ...args], { input });
  }

  /** Runs gpg, however it ends. */
  try(args: readonly string[], input?: string | Uint8Array): Promise<ProgramResult> {
    return tryProgram('gpg', [...this.#options(''), ...args], { input });
  }

  #options(passphrase: string): string[] {
    return ['--homedir', this.#home, ...QUIET, ...UNLOCK, passphrase];
  }

  /** Makes a key that signs, with a subkey that is encrypted to. @returns its fingerprint */
  async newKey(userId: string, algorithm: 'rsa2048' | 'ed25519', expires = '1y'): Promise<string> {
    await this.run(['--quick-generate-key', userId, algorithm, 'sign', expires]);
    const [primary = ''] = await this.fingerprints(userId);
    await this.run([
      '--quick-add-key',
      primary,
      algorithm === 'rsa2048' ? algorithm : 'cv25519',
      'encrypt',
      expires,
    ]);
    return primary.toLowerCase();
  }

  /** Fingerprints of a key, the primary first. */
  async fingerprints(userId: string): Promise<string[]> {
    return (await this.list(userId)).filter(([kind]) => kind === 'fpr').map((fields) => fields[9] ?? '');
  }

  /** The machine-readable listing of a key: lines of fields. */
  async list(userId: string): Promise<string[][]> {
    const listing = await this.run(['--with-colons', '--list-keys', userId]);
    return listing
      .toString()
      .split('\n')
      .map((line) => line.split(':'));
  }

  publicKey(userId: string): Promise<string> {
    return this.run(['--armor', '--export', userId]).then(String);
  }

  privateKey(userId: string, passphrase = ''): Promise<string> {
    return this.run(['--armor', '--export-secret-keys', userId], undefined, passphrase).then(String);
  }

  /** Takes keys, private ones with the passphrase that locks them. */
  async import(armored: string | Uint8Array, passphrase = ''): Promise<void> {
    await this.run(['--import'], armored, passphrase);
  }

  /** Takes back a key with the certificate made together with it. */
  async revoke(fingerprint: string): Promise<void> {
    const path = join(this.#home, 'openpgp-revocs.d', `${fingerprint.toUpperCase()}.rev`);
    const certificate = await readFile(path, 'utf8');
    // A colon guards against using it by accident.
    await this.import(certificate.replace(/^:(?=-----BEGIN)/m, ''));
  }

  decrypt(message: string | Uint8Array, passphrase = ''): Promise<Buffer> {
    return this.run(['--decrypt'], message, passphrase);
  }

  /** What gpg says of a detached signature: its status lines. */
  async verify(signature: string | Uint8Array, content: string | Uint8Array): Promise<string> {
    const path = join(this.#home, 'signature');
    await writeFile(path, signature);
    return (await this.try(['--status-fd', '1', '--verify', path, '-'], content)).stdout.toString();
  }
}
