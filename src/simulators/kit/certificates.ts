import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CertificatePlan } from './certificate-plan.js';
import type { IssuedCertificate } from './issue-certificates.js';

export type { CertificatePlan } from './certificate-plan.js';

/** Paths of one client's PEM files. The keys are encrypted PKCS#8. */
export interface ClientFiles {
  /** Certificate, then its authority's. */
  readonly certFile: string;
  readonly keyFile: string;
  /** Both in one file with text between the blocks, as vendors hand it out. */
  readonly combinedFile: string;
}

export interface Certificates<Label extends string = string> {
  /** Certificate of the authority, PEM file. */
  readonly caFile: string;
  /** What the server needs to listen, as PEM text. */
  readonly server: { readonly cert: string; readonly key: string; readonly ca: string };
  /** Opens the clients' keys. */
  readonly passphrase: string;
  clientFiles(label: Label): ClientFiles;
}

export interface CertificatesOptions<Label extends string> {
  /** Created when missing; keys in it are readable by the owner alone. */
  readonly dir: string;
  readonly plan: CertificatePlan<Label>;
  /** Name by which the server is reached besides those of the plan. */
  readonly host?: string | undefined;
  /**
   * Milliseconds since the epoch, default the real time: the peers of a TLS connection check certificates against
   * that and not against a simulated one.
   */
  readonly now?: () => number;
}

const RENEWED_BEFORE_MS = 7 * 24 * 60 * 60 * 1000;

/** The simulator's certificates: those in `dir`, or new ones when there are none, the plan is another or they run out. */
export async function ensureCertificates<Label extends string>({
  dir,
  plan: basePlan,
  host,
  now = Date.now,
}: CertificatesOptions<Label>): Promise<Certificates<Label>> {
  const plan = host === undefined ? basePlan : { ...basePlan, serverNames: [...basePlan.serverNames, host] };
  const found = await load(dir, plan, now());
  if (found !== undefined) return found;
  await make(dir, plan, now());
  const made = await load(dir, plan, now());
  if (made === undefined) throw new Error(`the certificates just written to ${dir} cannot be used`);
  return made;
}

async function load<Label extends string>(
  dir: string,
  plan: CertificatePlan<Label>,
  now: number,
): Promise<Certificates<Label> | undefined> {
  const read = (name: string): Promise<string> => readFile(join(dir, name), 'utf8');
  try {
    const [storedPlan, ca, cert, key, passphrase] = await Promise.all([
      read('plan.json'),
      read('ca.pem'),
      read('server.cert.pem'),
      read('server.key.pem'),
      read('passphrase'),
    ]);
    if (storedPlan !== JSON.stringify(plan)) return undefined;
    if (Date.parse(new X509Certificate(ca).validTo) - RENEWED_BEFORE_MS < now) return undefined;
    return {
      caFile: join(dir, 'ca.pem'),
      server: { cert, key, ca },
      passphrase,
      clientFiles: (label) => clientFiles(dir, label),
    };
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}

async function make(dir: string, plan: CertificatePlan, now: number): Promise<void> {
  // Loaded only here: a later start needs none of it.
  const { issueCertificates } = await import('./issue-certificates.js');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  // Absent while the others are replaced, so that an interruption leaves nothing that looks complete.
  await rm(join(dir, 'plan.json'), { force: true });
  const passphrase = randomBytes(18).toString('base64url');
  const { authority, server, clients } = await issueCertificates(plan, passphrase, now);
  await Promise.all([
    write(join(dir, 'ca.pem'), authority),
    write(join(dir, 'server.cert.pem'), server.certificate),
    write(join(dir, 'server.key.pem'), server.key),
    write(join(dir, 'passphrase'), passphrase),
    ...[...clients].map(([label, issued]) => writeClient(clientFiles(dir, label), issued)),
  ]);
  await write(join(dir, 'plan.json'), JSON.stringify(plan));
}

async function writeClient(files: ClientFiles, issued: IssuedCertificate): Promise<void> {
  const { certificate, issuer, key } = issued;
  await Promise.all([
    write(files.certFile, `${certificate}\n${issuer}\n`),
    write(files.keyFile, key),
    write(
      files.combinedFile,
      `${describe(certificate)}${describe(issuer)}Bag Attributes: <No Attributes>\n${key}`,
    ),
  ]);
}

// The text which OpenSSL puts before each certificate when it unpacks a PFX.
function describe(certificate: string): string {
  const { subject, issuer } = new X509Certificate(certificate);
  const oneLine = (name: string): string => name.split('\n').join(', ');
  return `Bag Attributes: <No Attributes>\nsubject=${oneLine(subject)}\nissuer=${oneLine(issuer)}\n${certificate}\n`;
}

function clientFiles(dir: string, label: string): ClientFiles {
  return {
    certFile: join(dir, `${label}.cert.pem`),
    keyFile: join(dir, `${label}.key.pem`),
    combinedFile: join(dir, `${label}.pem`),
  };
}

// By way of a new file: its mode holds from the start, and whoever reads meanwhile sees the old or the new, whole.
async function write(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, path);
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
