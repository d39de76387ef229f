import assert from 'node:assert/strict';
import {
  createLocalCrypto,
  type LocalCrypto,
  type SignatureReport,
  type SmimeSignature,
} from '../../src/providers/guardcrypto/local/index.js';
import { ManualClock } from './manual-clock.js';
import { OpenSsl } from './openssl.js';
import type { Teardown } from './simulators.js';

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
  /** From today on. Default 30. */
  readonly days?: number;
  /** What kind of key it has, as `genpkey` takes it. Default: P-256. */
  readonly kind?: readonly string[];
  /** How its issuer signs it, as `req` takes it. */
  readonly signing?: readonly string[];
}

export const AUTHORITY = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
export const SIGNER = [
  'basicConstraints=CA:FALSE',
  'keyUsage=critical,digitalSignature',
  'subjectAltName=email:anton@example.com',
];

/** Makes certificates in the order given. @param sections of the file that extensions refer to */
export async function makePath(
  openssl: OpenSsl,
  certificates: readonly PathCertificate[],
  sections = '',
): Promise<void> {
  for (const one of certificates) {
    const { name, subject = `/CN=${name}`, issuer, keyOf, extensions, days = 30 } = one;
    const request = '[req]\ndistinguished_name=dn\nx509_extensions=own\n[dn]\n';
    await openssl.write('path.cnf', `${request}${sections}\n[own]\n${extensions.join('\n')}\n`);
    const { kind = P_256, signing = [] } = one;
    if (keyOf === undefined) await openssl.run(['genpkey', '-algorithm', ...kind, '-out', `${name}.key`]);
    await openssl.run([
      ...['req', '-x509', '-config', 'path.cnf', '-days', `${days}`, '-subj', subject],
      ...signing,
      ...['-key', `${keyOf ?? name}.key`, '-out', `${name}.pem`],
      ...(issuer === undefined
        ? []
        : ['-CA', `${issuer}.pem`, '-CAkey', `${keyFileOf(certificates, issuer)}.key`]),
    ]);
  }
}

/** A kind of key of an elliptic curve. */
export const curve = (name: string) => ['EC', '-pkeyopt', `ec_paramgen_curve:${name}`];
const P_256 = curve('P-256');

function keyFileOf(certificates: readonly PathCertificate[], name: string): string {
  return certificates.find((one) => one.name === name)?.keyOf ?? name;
}

/** A path from `root` to a signer called `anton`, and what is to come of a mail that `anton` signed. */
export interface PathCase {
  readonly name: string;
  readonly path: readonly PathCertificate[];
  /** Ours; OpenSSL tells good from bad alone. */
  readonly outcome: string;
  /** What OpenSSL is told of policies, which it does not look at by itself. */
  readonly policies?: readonly string[];
  /** When it is verified, days from now. Default 0. */
  readonly inDays?: number;
  /** Sections that extensions refer to. */
  readonly sections?: string;
  /** Where OpenSSL takes what is refused here: why. */
  readonly stricter?: string;
  /** Ours, where it matters. */
  readonly reason?: string;
}

export interface PathVerdicts {
  readonly isGoodToOpenSsl: boolean;
  readonly report: SignatureReport<SmimeSignature>;
}

/** Has OpenSSL and us judge the same mails. @param file what ends with the tests of a file */
export function openPathJudges(file: Teardown): (test: Teardown, path: PathCase) => Promise<PathVerdicts> {
  const startedAt = Date.now();
  const judges = new Map<number, LocalCrypto>();
  file.after(async () => {
    for (const judge of judges.values()) await judge.close();
  });
  return async (test, { path, policies = [], inDays = 0, sections }) => {
    const openssl = await OpenSsl.open(test);
    await makePath(openssl, path, sections);
    const others = path.filter((one) => one.issuer !== undefined && one.name !== 'anton');
    const pems = await Promise.all(others.map((one) => openssl.read(`${one.name}.pem`)));
    await openssl.write('others.pem', Buffer.concat(pems));
    const beside = others.length > 0 ? ['-certfile', 'others.pem'] : [];
    const by = ['-signer', 'anton.pem', '-inkey', 'anton.key', ...beside];
    const message = await openssl.run(['cms', '-sign', '-nodetach', '-outform', 'DER', ...by], 'Zwölf');
    // An hour, because what was made just now begins later than the tests.
    const at = startedAt + 3_600_000 + inDays * 86_400_000;
    const verify = ['cms', '-verify', '-inform', 'DER', '-CAfile', 'root.pem', ...policies];
    const isGoodToOpenSsl = await openssl
      .run([...verify, '-attime', `${Math.floor(at / 1000)}`], message)
      .then(
        () => true,
        () => false,
      );
    const trusted = [(await openssl.read('root.pem')).toString()];
    const judge =
      judges.get(inDays) ?? createLocalCrypto({ clock: new ManualClock(at), threads: 1, budgetMs: 120_000 });
    judges.set(inDays, judge);
    return {
      isGoodToOpenSsl,
      report: await judge.verifySmime({ message: new Uint8Array(message), trusted }),
    };
  };
}

/** Whether both say what a case says, with what ours says for its reason. */
export async function checkPath(
  verdicts: Promise<PathVerdicts>,
  { outcome, stricter, reason }: PathCase,
): Promise<void> {
  const { isGoodToOpenSsl, report } = await verdicts;
  const [signature] = report.signatures;
  const isGood = outcome === 'GOOD';
  assert.equal(isGoodToOpenSsl, isGood || stricter !== undefined, 'OpenSSL');
  assert.deepEqual([report.isVerified, signature?.outcome], [isGood, outcome], signature?.reason ?? '');
  if (reason !== undefined) assert.equal(signature?.reason, reason);
}

export const ROOT: PathCertificate = { name: 'root', extensions: AUTHORITY };
export const ANTON: PathCertificate = { name: 'anton', issuer: 'middle', extensions: SIGNER };

/** An authority below another. */
export function authority(name: string, issuer: string, ...extensions: string[]): PathCertificate {
  return { name, issuer, extensions: [...AUTHORITY, ...extensions] };
}
