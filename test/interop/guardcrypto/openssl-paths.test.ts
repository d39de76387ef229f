import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { AUTHORITY, makePath, SIGNER, type PathCertificate } from '../../support/certificate-paths.js';
import { OpenSsl } from '../../support/openssl.js';

// The groups of NIST PKITS that are rebuilt here, each next to the verdict of OpenSSL on the same mail: 4.1 signature
// verification, 4.2 validity (of signers: providers/guardcrypto/local-smime), 4.3 name chaining, 4.5 self-issued
// certificates, 4.6 basic constraints, 4.7 key usage, 4.8 and 4.9 certificate policies and explicit policy, 4.12
// inhibit any policy (OpenSSL with -policy), 4.13 name constraints, 4.16 private extensions. Not rebuilt: 4.4,
// 4.14 and 4.15 (revocation lists, which nobody is asked for), 4.10 and 4.11 (policy mappings).

const crypto = createLocalCrypto();
after(() => crypto.close());

interface PathCase {
  readonly name: string;
  readonly path: readonly PathCertificate[];
  readonly outcome: string;
  readonly checkPolicies?: boolean;
}

const root: PathCertificate = { name: 'root', extensions: AUTHORITY };
const anton: PathCertificate = { name: 'anton', issuer: 'middle', extensions: SIGNER };
const withMiddle = (...extensions: string[]): PathCertificate[] => [
  root,
  { name: 'middle', issuer: 'root', extensions: [...AUTHORITY, ...extensions] },
];
const limited = (length: number) => [
  'basicConstraints=critical,CA:TRUE,pathlen:' + String(length),
  'keyUsage=critical,keyCertSign',
];
const signer = (...names: string[]) => ({
  ...anton,
  extensions: ['keyUsage=critical,digitalSignature', `subjectAltName=${names.join(',')}`],
});
const POLICY = 'certificatePolicies=1.2.3.4';
const EXPLICIT = 'policyConstraints=critical,requireExplicitPolicy:0';

const CASES: readonly PathCase[] = [
  { name: '4.1 a good path', path: [...withMiddle(), anton], outcome: 'GOOD' },
  {
    name: '4.6 pathlen:0 without a sub-authority',
    path: [root, { name: 'middle', issuer: 'root', extensions: limited(0) }, anton],
    outcome: 'GOOD',
  },
  {
    name: '4.6 pathlen:0 with a sub-authority',
    path: [
      root,
      { name: 'upper', issuer: 'root', extensions: limited(0) },
      { name: 'middle', issuer: 'upper', extensions: AUTHORITY },
      anton,
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.6 pathlen:1 with a sub-authority',
    path: [
      root,
      { name: 'upper', issuer: 'root', extensions: limited(1) },
      { name: 'middle', issuer: 'upper', extensions: AUTHORITY },
      anton,
    ],
    outcome: 'GOOD',
  },
  {
    name: '4.6 an issuer that is no authority',
    path: [
      root,
      { name: 'middle', issuer: 'root', extensions: ['basicConstraints=critical,CA:FALSE'] },
      anton,
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.6 an issuer that does not say what it is',
    path: [root, { name: 'middle', issuer: 'root', extensions: ['keyUsage=keyCertSign'] }, anton],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.7 an authority that may not sign certificates',
    path: [
      root,
      {
        name: 'middle',
        issuer: 'root',
        extensions: ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,cRLSign'],
      },
      anton,
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: 'an authority for servers alone',
    path: [...withMiddle('extendedKeyUsage=serverAuth'), anton],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: 'an authority for mail',
    path: [...withMiddle('extendedKeyUsage=emailProtection'), anton],
    outcome: 'GOOD',
  },
  {
    name: '4.16 an unknown critical extension of the signer',
    path: [...withMiddle(), { ...anton, extensions: [...SIGNER, '1.2.3.4.5=critical,ASN1:NULL'] }],
    outcome: 'UNSUPPORTED',
  },
  {
    name: '4.16 an unknown critical extension of an authority',
    path: [...withMiddle('1.2.3.4.5=critical,ASN1:NULL'), anton],
    outcome: 'UNSUPPORTED',
  },
  {
    name: '4.16 an unknown extension that is not critical',
    path: [...withMiddle(), { ...anton, extensions: [...SIGNER, '1.2.3.4.5=ASN1:NULL'] }],
    outcome: 'GOOD',
  },
  {
    name: '4.13 an address that is permitted',
    path: [...withMiddle('nameConstraints=critical,permitted;email:example.com'), anton],
    outcome: 'GOOD',
  },
  {
    name: '4.13 an address that is not permitted',
    path: [...withMiddle('nameConstraints=critical,permitted;email:example.org'), anton],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 an address that is excluded',
    path: [...withMiddle('nameConstraints=critical,excluded;email:example.com'), anton],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 an address below a permitted domain',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;email:.example.com'),
      signer('email:a@mail.example.com'),
    ],
    outcome: 'GOOD',
  },
  {
    name: '4.13 one address of two',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;email:example.com'),
      signer('email:a@example.com', 'email:a@example.org'),
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 an address in the subject',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;email:example.org'),
      {
        ...anton,
        subject: '/CN=anton/emailAddress=anton@example.com',
        extensions: ['keyUsage=digitalSignature'],
      },
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 a host that is excluded',
    path: [
      ...withMiddle('nameConstraints=critical,excluded;DNS:example.com'),
      signer('email:a@b.c', 'DNS:www.example.com'),
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.13 a host that is permitted',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;DNS:example.com'),
      signer('email:a@b.c', 'DNS:www.example.com'),
    ],
    outcome: 'GOOD',
  },
  {
    name: '4.13 a URI that is not permitted',
    path: [
      ...withMiddle('nameConstraints=critical,permitted;URI:example.com'),
      signer('email:a@b.c', 'URI:https://example.org/'),
    ],
    outcome: 'NOT_TRUSTED',
  },
  {
    name: '4.8 different policies that nobody asks for',
    path: [...withMiddle(POLICY), { ...anton, extensions: [...SIGNER, 'certificatePolicies=1.2.3.5'] }],
    outcome: 'GOOD',
  },
  {
    name: '4.9 a policy that is asked for',
    path: [...withMiddle(POLICY, EXPLICIT), { ...anton, extensions: [...SIGNER, POLICY] }],
    outcome: 'GOOD',
    checkPolicies: true,
  },
  {
    name: '4.9 a policy that is asked for and missing',
    path: [...withMiddle(POLICY, EXPLICIT), anton],
    outcome: 'NOT_TRUSTED',
    checkPolicies: true,
  },
  {
    name: '4.12 any policy where it is inhibited',
    path: [
      ...withMiddle(POLICY, EXPLICIT, 'inhibitAnyPolicy=0'),
      { ...anton, extensions: [...SIGNER, 'certificatePolicies=2.5.29.32.0'] },
    ],
    outcome: 'NOT_TRUSTED',
    checkPolicies: true,
  },
  {
    name: 'a bridge between two roots',
    path: [
      root,
      { name: 'middle', extensions: AUTHORITY },
      { name: 'bridge', subject: '/CN=middle', issuer: 'root', keyOf: 'middle', extensions: AUTHORITY },
      anton,
    ],
    outcome: 'GOOD',
  },
];

describe('paths of certificates come out as OpenSSL has them', () => {
  for (const { name, path, outcome, checkPolicies = false } of CASES) {
    it(`${name}: ${outcome}`, async (t) => {
      const openssl = await OpenSsl.open(t);
      await makePath(openssl, path);
      const others = path.filter((one) => one.issuer !== undefined && one.name !== 'anton');
      const pems = await Promise.all(others.map((one) => openssl.read(`${one.name}.pem`)));
      await openssl.write('others.pem', Buffer.concat(pems));
      const message = await openssl.run(
        [
          'cms',
          '-sign',
          '-nodetach',
          '-outform',
          'DER',
          '-signer',
          'anton.pem',
          '-inkey',
          'anton.key',
          '-certfile',
          'others.pem',
        ],
        'Zwölf',
      );
      const trusted = [(await openssl.read('root.pem')).toString()];
      const policies = checkPolicies ? ['-policy', '1.2.3.4'] : [];
      const verdict = await openssl
        .run(['cms', '-verify', '-inform', 'DER', '-CAfile', 'root.pem', ...policies], message)
        .then(
          () => 'good',
          () => 'bad',
        );
      assert.equal(verdict, outcome === 'GOOD' ? 'good' : 'bad', 'OpenSSL');
      const { isVerified, signatures } = await crypto.verifySmime({ message, trusted });
      assert.deepEqual(
        [isVerified, signatures[0]?.outcome],
        [outcome === 'GOOD', outcome],
        signatures[0]?.reason ?? '',
      );
    });
  }

  it('authorities that certified each other lead nowhere, at once', async (t) => {
    const openssl = await OpenSsl.open(t);
    await makePath(openssl, [
      { name: 'one', extensions: AUTHORITY },
      { name: 'two', extensions: AUTHORITY },
      { name: 'one-by-two', subject: '/CN=one', keyOf: 'one', issuer: 'two', extensions: AUTHORITY },
      { name: 'two-by-one', subject: '/CN=two', keyOf: 'two', issuer: 'one', extensions: AUTHORITY },
      { name: 'anton', issuer: 'one', extensions: SIGNER },
      root,
    ]);
    const pems = await Promise.all(['one-by-two', 'two-by-one'].map((name) => openssl.read(`${name}.pem`)));
    await openssl.write('others.pem', Buffer.concat(pems));
    const by = ['-signer', 'anton.pem', '-inkey', 'anton.key', '-certfile', 'others.pem'];
    const message = await openssl.run(['cms', '-sign', '-nodetach', '-outform', 'DER', ...by], 'Zwölf');
    const verify = async (name: string) => {
      const trusted = [(await openssl.read(`${name}.pem`)).toString()];
      return (await crypto.verifySmime({ message: new Uint8Array(message), trusted })).signatures[0]?.outcome;
    };
    assert.deepEqual([await verify('root'), await verify('two')], ['NOT_TRUSTED', 'GOOD']);
  });

  it('a root of version 1 is an authority when it is trusted', async (t) => {
    const openssl = await OpenSsl.open(t);
    await openssl.run([
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'root.key',
      '-subj',
      '/CN=root',
      '-out',
      'root.csr',
    ]);
    await openssl.run([
      'x509',
      '-req',
      '-in',
      'root.csr',
      '-signkey',
      'root.key',
      '-days',
      '30',
      '-out',
      'root.pem',
    ]);
    await makePath(openssl, [{ ...anton, issuer: 'root' }]);
    const message = await openssl.run(
      ['cms', '-sign', '-nodetach', '-outform', 'DER', '-signer', 'anton.pem', '-inkey', 'anton.key'],
      'Zwölf',
    );
    const trusted = [(await openssl.read('root.pem')).toString()];
    assert.equal((await crypto.verifySmime({ message, trusted })).isVerified, true);
  });
});
