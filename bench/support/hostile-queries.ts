import { hostileCms, signInMesh } from '../../test/support/hostile-cms.js';
import { hostilePgp, type HostileCall } from '../../test/support/hostile-pgp.js';
import { OpenSsl } from '../../test/support/openssl.js';
import { runProgram } from '../../test/support/run-program.js';
import { packet } from '../../test/support/pgp-packets.js';
import type { TextOrBytes } from '../../src/providers/guardcrypto/local/index.js';

const MIB = 1024 * 1024;
const INSPECT = 'query ($key: String!) { inspectPgpKey(input: { key: $key }) { problem { code } } }';
const VERIFY_PGP =
  'query ($message: GuardLocalContentInput!, $signature: String, $keys: [String!]!) { verifyPgpMessage(input: { message: $message, signature: $signature, keys: $keys }) { problem { code } } }';
const VERIFY_SMIME =
  'query ($message: GuardLocalContentInput!, $trusted: [String!]!) { verifySmimeMessage(input: { message: $message, trusted: $trusted }) { problem { code } } }';

export type HostileKind = 'mails' | 'keys';

export interface HostileQuery {
  readonly query: string;
  readonly variables: object;
}

/** Keys, or mails, that ask for the most work: as large as a request may be, or unfolding to much. */
export async function hostileQueries(kind: HostileKind): Promise<HostileQuery[]> {
  const ends: (() => Promise<void>)[] = [];
  const open = () => OpenSsl.open({ after: (end) => void ends.push(async () => end()) });
  const openssl = await open();
  const { certificate } = await openssl.newAuthority('root');
  const signed = await signInMesh(openssl);
  const calls = [...(await hostilePgp(250_000)), ...(await hostileCms(signed, await open(), certificate))];
  for (const end of ends) await end();
  const isWanted = ({ method }: HostileCall) => (method === 'inspectPgpKey') === (kind === 'keys');
  return [...(kind === 'mails' ? await scanned() : []), ...calls.filter(isWanted).map(queryOf)];
}

/** What makes scanners go back and forth, and what unfolds to more than is taken. */
async function scanned(): Promise<HostileQuery[]> {
  const quoted = 'Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';
  const multipart =
    'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b\r\n\r\n';
  let nested = '';
  for (let depth = 0; depth < 2_000; depth += 1)
    nested += `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`;
  const texts = [
    quoted + ' '.repeat(500_000),
    '-----BEGIN PGP MESSAGE-----\n'.repeat(20_000),
    `Content-Type: multipart/signed${';a=b'.repeat(120_000)}\r\n\r\n`,
    multipart + '--b\r\n\r\na\r\n'.repeat(60_000),
    multipart + '--b\r\n' + nested,
  ];
  const bomb = await runProgram('bzip2', ['-c'], { input: Buffer.alloc(64 * MIB) });
  const bytes = packet(8, Buffer.from([3]), bomb);
  return [
    ...texts.map((text) => ({ query: VERIFY_PGP, variables: { message: { text }, keys: [] } })),
    ...texts.map((text) => ({ query: VERIFY_SMIME, variables: { message: { text }, trusted: [] } })),
    { query: VERIFY_PGP, variables: { message: { base64: bytes.toString('base64') }, keys: [] } },
  ];
}

function queryOf({ method, input }: HostileCall): HostileQuery {
  switch (method) {
    case 'inspectPgpKey':
      return { query: INSPECT, variables: { key: textOf(input) } };
    case 'verifyPgp': {
      const { message, signature, keys } = input;
      const own = signature === undefined ? {} : { signature: textOf(signature) };
      return {
        query: VERIFY_PGP,
        variables: { message: contentOf(message), ...own, keys: keys.map(textOf) },
      };
    }
    case 'verifySmime': {
      const { message, trusted } = input;
      return {
        query: VERIFY_SMIME,
        variables: { message: contentOf(message), trusted: trusted.map(textOf) },
      };
    }
  }
}

function contentOf(value: TextOrBytes): object {
  return typeof value === 'string' ? { text: value } : { base64: textOf(value) };
}

function textOf(value: TextOrBytes): string {
  return typeof value === 'string' ? value : Buffer.from(value).toString('base64');
}
