import assert from 'node:assert/strict';
import { BerReader } from '../../src/providers/guardcrypto/local/smime/ber-reader.js';
import { der, objectIdentifier, TAG } from '../../src/providers/guardcrypto/local/smime/der.js';
import { AUTHORITY, makePath, SIGNER, type PathCertificate } from './certificate-paths.js';
import type { HostileCall } from './hostile-pgp.js';
import type { OpenSsl } from './openssl.js';

const NULLS = Buffer.alloc(600_000, Buffer.from([5, 0]));
const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** A CMS with other certificates and signers in it. @param cms one that holds its content, in DER */
export function rebuilt(
  cms: Buffer,
  change: (parts: { readonly certificates: Buffer[]; readonly signers: Buffer[] }) => {
    readonly certificates?: readonly Buffer[];
    readonly signers?: readonly Buffer[];
  },
): Buffer {
  const reader = new BerReader(cms);
  reader.enter(TAG.sequence);
  reader.take();
  reader.enter(TAG.constructed(0));
  reader.enter(TAG.sequence);
  const first = [reader.take(), reader.take(), reader.take()];
  const parts = {
    certificates: [...reader.takeEach(TAG.constructed(0))],
    signers: [...reader.takeEach(TAG.set)],
  };
  const { certificates, signers } = { ...parts, ...change(parts) };
  const signedData = [...first, der(TAG.constructed(0), ...certificates), der(TAG.set, ...signers)];
  return der(
    TAG.sequence,
    objectIdentifier(SIGNED_DATA),
    der(TAG.constructed(0), der(TAG.sequence, ...signedData)),
  );
}

/** Certificates that differ in their signature alone, which is of no use to anybody. */
export function variants(certificate: Buffer, count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const variant = Buffer.from(certificate);
    variant.writeUInt16BE(index, variant.length - 2);
    return variant;
  });
}

/** So many authorities that each is certified by each other one: the ways between them are more than can be gone. */
export const MESH = 7;

/** A message of a signer below authorities, and what else those have certified. */
export interface SignedBelow {
  /** DER; it holds its content. */
  readonly cms: Buffer;
  readonly authorities: readonly Buffer[];
}

const SIGNING = ['-signer', 'anton.pem', '-inkey', 'anton.key', '-binary', '-nodetach', '-outform', 'DER'];

/** Signs below one of a mesh of authorities. */
export async function signInMesh(openssl: OpenSsl): Promise<SignedBelow> {
  const names = Array.from({ length: MESH }, (_, index) => `mesh${index}`);
  const own = names.map((name): PathCertificate => ({ name, extensions: AUTHORITY }));
  const others = names.flatMap((name) =>
    names
      .filter((issuer) => issuer !== name)
      .map((issuer): PathCertificate => ({
        ...{ name: `${name}-by-${issuer}`, subject: `/CN=${name}`, keyOf: name, issuer },
        extensions: AUTHORITY,
      })),
  );
  await makePath(openssl, [...own, ...others, { name: 'anton', issuer: 'mesh0', extensions: SIGNER }]);
  const authorities = [];
  for (const { name } of others)
    authorities.push(await openssl.run(['x509', '-in', `${name}.pem`, '-outform', 'DER']));
  return { cms: await openssl.run(['cms', '-sign', ...SIGNING], 'Twelve euros.'), authorities };
}

/** Signs with a certificate of many names, below `root`, which may certify names of many kinds. */
async function signWithNames(openssl: OpenSsl): Promise<{ readonly cms: Buffer; readonly root: string }> {
  const list = (count: number, value: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => value(index)).join('\n');
  const permitted = list(400, (index) => `permitted;email.${index}=.x${index}.example.com`);
  const names = list(400, (index) => `email.${index}=anton@y.x399.example.com`);
  await makePath(
    openssl,
    [
      { name: 'root', extensions: [...AUTHORITY, 'nameConstraints=critical,@permitted'] },
      { name: 'anton', issuer: 'root', extensions: [...SIGNER.slice(0, 2), 'subjectAltName=@names'] },
    ],
    `[permitted]\n${permitted}\n[names]\n${names}\n`,
  );
  const cms = await openssl.run(['cms', '-sign', ...SIGNING], 'Twelve euros.');
  return { cms, root: (await openssl.read('root.pem')).toString() };
}

const [POLICY_MAPPINGS, ALTERNATIVE_NAME] = ['2.5.29.33', '2.5.29.17'];

/** Signs below six authorities, each of which maps sixty policies to each of sixty. */
async function signWithPolicies(openssl: OpenSsl): Promise<Buffer> {
  const policies = Array.from({ length: 60 }, (_, index) => `1.2.3.${index}`);
  const pairs = policies.flatMap((from) => policies.map((to) => [from, to]));
  const mappings = pairs.map((pair) => der(TAG.sequence, ...pair.map(objectIdentifier)));
  const extensions = [
    ...AUTHORITY,
    `certificatePolicies=${policies.join(',')}`,
    `${POLICY_MAPPINGS}=DER:${der(TAG.sequence, ...mappings).toString('hex')}`,
  ];
  const authorities = ['one', 'two', 'three', 'four', 'five', 'six'];
  await makePath(openssl, [
    ...authorities.map((name, index): PathCertificate => ({
      ...{ name, extensions },
      ...(index === 0 ? {} : { issuer: authorities[index - 1] ?? name }),
    })),
    { name: 'anton', issuer: 'six', extensions: SIGNER },
  ]);
  const pems = await Promise.all(authorities.map((name) => openssl.read(`${name}.pem`)));
  await openssl.write('others.pem', Buffer.concat(pems));
  return openssl.run(['cms', '-sign', ...SIGNING, '-certfile', 'others.pem'], 'Twelve euros.');
}

/** A certificate of very many addresses. */
async function certificateOfMany(openssl: OpenSsl): Promise<Buffer> {
  const [rfc822Name, address] = [TAG.context(1), Buffer.from('a@b.c')];
  const names = Array.from({ length: 40_000 }, () => der(rfc822Name, address));
  const value = der(TAG.sequence, ...names).toString('hex');
  await makePath(openssl, [{ name: 'many', extensions: [`${ALTERNATIVE_NAME}=DER:${value}`] }]);
  return openssl.run(['x509', '-in', 'many.pem', '-outform', 'DER']);
}

/** @param openssl without files of the former @param trusted PEM of an authority that has nothing to do with them */
export async function hostileCms(
  { cms, authorities }: SignedBelow,
  openssl: OpenSsl,
  trusted: string,
): Promise<HostileCall[]> {
  const [own] = authorities;
  assert(own);
  const many = await signWithNames(openssl);
  const mapped = await signWithPolicies(openssl);
  const ofMany = await certificateOfMany(openssl);
  const call = (name: string, change: Parameters<typeof rebuilt>[1], message = cms, anchor = trusted) =>
    ({
      name,
      method: 'verifySmime',
      input: { message: new Uint8Array(rebuilt(message, change)), trusted: [anchor] },
    }) as const;
  return [
    call('authorities that all certified each other', ({ certificates }) => ({
      certificates: [...certificates, ...authorities],
    })),
    call('certificates of one authority', ({ certificates }) => ({
      certificates: [...certificates, ...variants(own, 1_000)],
    })),
    call('certificates of one signer', ({ certificates: [signer = own] }) => ({
      certificates: variants(signer, 250),
    })),
    call('names within many others', () => ({}), many.cms, many.root),
    call('policies mapped to many others', () => ({}), mapped),
    call('names of a certificate', ({ certificates }) => ({ certificates: [...certificates, ofMany] })),
    call('values in place of certificates', () => ({ certificates: [NULLS] })),
    call('values in place of signatures', () => ({ signers: [NULLS] })),
  ];
}
