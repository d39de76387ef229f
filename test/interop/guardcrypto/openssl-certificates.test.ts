import 'reflect-metadata';
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { after, describe, it } from 'node:test';
import * as x509 from '@peculiar/x509';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { toPem } from '../../../src/providers/guardcrypto/local/smime/pem.js';
import {
  AUTHORITY,
  checkPath,
  curve,
  makePath,
  openPathJudges,
  ROOT,
  SIGNER,
  type PathCase,
  type PathCertificate,
} from '../../support/certificate-paths.js';
import { OpenSsl } from '../../support/openssl.js';

// What a certificate says of itself, each variant next to `openssl cms -verify -purpose smimesign`. Where OpenSSL takes
// what is refused here, the reason stands beside it; the other way about there is nothing.

const judge = openPathJudges({ after });

const ADDRESS = 'subjectAltName=email:anton@example.com';
const NETSCAPE = '2.16.840.1.113730.1.1';
const PROXY = '1.3.6.1.5.5.7.1.14';
const POLICY = '300c300a06082b06010505071501';

/** A signer below the root, of which one thing is different. */
const signer = (extensions: readonly string[], more: Partial<PathCertificate> = {}): PathCertificate[] => [
  ROOT,
  { name: 'anton', issuer: 'root', extensions, ...more },
];
/** One with everything it should have, and more. */
const usual = (...more: string[]) => signer([...SIGNER, ...more]);
/** One with its address and nothing else but this. */
const only = (...more: string[]) => signer([ADDRESS, ...more]);
/** An authority between the root and a usual signer. */
const below = (extensions: readonly string[], more: Partial<PathCertificate> = {}): PathCertificate[] => [
  ROOT,
  { name: 'middle', issuer: 'root', extensions, ...more },
  { name: 'anton', issuer: 'middle', extensions: SIGNER },
];

type Row = readonly [
  name: string,
  path: readonly PathCertificate[],
  outcome: string,
  more?: Partial<PathCase>,
];

const [GOOD, UNUSABLE, UNSUPPORTED, UNTRUSTED] = ['GOOD', 'KEY_UNUSABLE', 'UNSUPPORTED', 'NOT_TRUSTED'];

const OWN_CURVE = { kind: [...curve('P-256'), '-pkeyopt', 'ec_param_enc:explicit'] };
/** Keys on a curve that is described and not named. */
const CURVES: readonly Row[] = [
  ['a curve of its own', signer(SIGNER, OWN_CURVE), UNSUPPORTED],
  ['an authority with a curve of its own', below(AUTHORITY, OWN_CURVE), UNSUPPORTED],
  ['a root with a curve of its own', [{ ...ROOT, ...OWN_CURVE }, ...usual().slice(1)], UNSUPPORTED],
];

const USAGES: readonly Row[] = [
  ['extended key usage for mail', usual('extendedKeyUsage=critical,emailProtection'), GOOD],
  ['extended key usage for mail and clients', usual('extendedKeyUsage=clientAuth,emailProtection'), GOOD],
  ['extended key usage for smart cards', usual('extendedKeyUsage=msSmartcardLogin'), UNUSABLE],
  ['extended key usage for nothing', usual('extendedKeyUsage=DER:3000'), UNUSABLE],
  ['key usage for what cannot be denied', only('keyUsage=nonRepudiation'), GOOD],
  ['key usage for keys alone', only('keyUsage=keyEncipherment,keyAgreement'), UNUSABLE],
  ['key usage for nothing', only('keyUsage=DER:030100'), UNUSABLE],
  ['no key usage', only(), GOOD],
  ['a type of Netscape: servers', usual(`${NETSCAPE}=DER:03020640`), UNUSABLE],
  ['a type of Netscape: servers, critical', usual(`${NETSCAPE}=critical,DER:03020640`), UNUSABLE],
  ['a type of Netscape: clients', usual(`${NETSCAPE}=DER:03020780`), GOOD],
  ['a type of Netscape: mail', usual(`${NETSCAPE}=DER:03020520`), GOOD],
  ['a type of Netscape: mail, critical', usual(`${NETSCAPE}=critical,DER:03020520`), GOOD],
  ['a type of Netscape: programs', usual(`${NETSCAPE}=DER:03020410`), UNUSABLE],
  ['a type of Netscape: authorities for mail', usual(`${NETSCAPE}=DER:03020102`), UNUSABLE],
  ['a type of Netscape: nothing', usual(`${NETSCAPE}=DER:030100`), UNUSABLE],
];

const CONSTRAINTS: readonly Row[] = [
  ['a signer that is an authority', only('basicConstraints=critical,CA:TRUE'), GOOD],
  ['a signer without constraints', only('keyUsage=digitalSignature'), GOOD],
  ['a signer with a length of its path', only('basicConstraints=DER:3003020100'), GOOD],
  [
    'an authority with a negative length of its path',
    below(['basicConstraints=critical,DER:30060101ff0201ff', 'keyUsage=keyCertSign']),
    UNTRUSTED,
  ],
  ['an authority without key usage', below(['basicConstraints=critical,CA:TRUE']), GOOD],
  [
    'an authority with key usage for nothing',
    below(['basicConstraints=critical,CA:TRUE', 'keyUsage=DER:030100']),
    UNTRUSTED,
  ],
  ['an authority whose constraints are not critical', below(['basicConstraints=CA:TRUE']), GOOD],
  ['an authority by the type of Netscape alone', below([`${NETSCAPE}=DER:03020102`]), UNTRUSTED],
  [
    'an authority for servers by the type of Netscape, and one by its constraints',
    below([...AUTHORITY, `${NETSCAPE}=DER:03020204`]),
    GOOD,
  ],
  [
    'an authority with extended key usage for nothing',
    below([...AUTHORITY, 'extendedKeyUsage=DER:3000']),
    UNTRUSTED,
  ],
];

const EXTENSIONS: readonly Row[] = [
  ['an identifier of its key, critical', usual('2.5.29.14=critical,DER:0402abcd'), UNSUPPORTED],
  ['other names of its issuer, critical', usual('2.5.29.18=critical,DER:30058203612e62'), UNSUPPORTED],
  ['attributes of its holder, critical', usual('2.5.29.9=critical,DER:3000'), UNSUPPORTED],
  ['an identifier of another issuer', usual('2.5.29.35=DER:30048002abcd'), UNTRUSTED],
  ['a proxy', usual(`${PROXY}=critical,DER:${POLICY}`), UNSUPPORTED],
  ['a proxy, not critical', usual(`${PROXY}=DER:${POLICY}`), UNSUPPORTED],
  ['addresses of a network', usual('1.3.6.1.5.5.7.1.7=DER:300c300a0402000130040302000a'), UNSUPPORTED],
  ['numbers of networks', usual('1.3.6.1.5.5.7.1.8=DER:3009a0073005020101'), UNSUPPORTED],
  ['no name and a critical address', signer([ADDRESS.replace('=', '=critical,')], { subject: '/' }), GOOD],
  ['an address malformed', signer(['subjectAltName=DER:0500']), UNSUPPORTED],
  ['places of revocation lists malformed', usual('2.5.29.31=DER:0500'), UNSUPPORTED],
  ['constraints malformed', signer(['basicConstraints=DER:0500', ADDRESS]), UNSUPPORTED],
  ['key usage malformed', only('keyUsage=DER:0500'), UNSUPPORTED],
  ['extended key usage malformed', only('extendedKeyUsage=DER:30020500'), UNUSABLE],
  ['constraints of an authority malformed', below(['basicConstraints=DER:0500']), UNTRUSTED],
  ['an address of an authority malformed', below([...AUTHORITY, 'subjectAltName=DER:0500']), UNTRUSTED],
];

const ZWOELF = { subject: '/CN=Zw\u00f6lf', signing: ['-utf8'] };

const DIFFERENT: readonly Row[] = [
  ['a serial number of zero', signer(SIGNER, { signing: ['-set_serial', '0'] }), GOOD],
  ['a negative serial number', signer(SIGNER, { signing: ['-set_serial', '-7'] }), GOOD],
  [
    'a serial number longer than twenty octets',
    signer(SIGNER, { signing: ['-set_serial', `0x7f${'ab'.repeat(30)}`] }),
    GOOD,
  ],
  [
    'an address of another than its subject',
    signer(SIGNER, { subject: '/emailAddress=b@example.org' }),
    GOOD,
  ],
  ['a name in UTF-8', signer(SIGNER, ZWOELF), GOOD, { sections: '[req]\nstring_mask=utf8only' }],
  ['a name in Teletex', signer(SIGNER, ZWOELF), GOOD, { sections: '[req]\nstring_mask=default' }],
  [
    'a signature with SHA-1',
    signer(SIGNER, { signing: ['-sha1'] }),
    'WEAK',
    { stricter: 'contents with the same SHA-1 can be made' },
  ],
  [
    'RSA with 1024 bits',
    signer(SIGNER, { kind: ['RSA', '-pkeyopt', 'rsa_keygen_bits:1024'] }),
    'WEAK',
    { stricter: 'so few bits can be factored' },
  ],
  [
    'the curve P-192',
    signer(SIGNER, { kind: curve('P-192') }),
    'WEAK',
    { stricter: 'weaker than RSA with 2048 bits' },
  ],
];

describe('an address in the subject of a certificate, in letters of other kinds', async () => {
  const openssl = await OpenSsl.open({ after });
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  await openssl.write('own.key', toPem('PRIVATE KEY', pkcs8));
  const crypto = createLocalCrypto({ budgetMs: 120_000 });
  after(() => crypto.close());

  const address = 'anton@example.com';
  const teletex = `#1411${Buffer.from(address).toString('hex')}`;
  const names: Readonly<Record<string, x509.JsonAttributeAndValue>> = {
    'UTF-8': { E: [{ utf8String: address }] },
    'two bytes each': { E: [{ bmpString: address }] },
    printable: { E: [{ printableString: address }] },
    Teletex: { E: [teletex] },
  };
  for (const [kind, inSubject] of Object.entries(names))
    it(`${kind}: good, and the address is told`, async () => {
      const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        name: new x509.Name([{ CN: ['own'] }, inSubject]),
        notBefore: new Date(Date.now() - 86_400_000),
        notAfter: new Date(Date.now() + 86_400_000),
        signingAlgorithm: algorithm,
        keys,
        extensions: [new x509.BasicConstraintsExtension(false)],
      });
      await openssl.write('own.pem', certificate.toString('pem'));
      const by = ['-signer', 'own.pem', '-inkey', 'own.key', '-nodetach', '-outform', 'DER'];
      const message = await openssl.run(['cms', '-sign', ...by], 'x');
      await openssl.run(['cms', '-verify', '-inform', 'DER', '-CAfile', 'own.pem'], message);
      const trusted = [certificate.toString('pem')];
      const report = await crypto.verifySmime({ message: new Uint8Array(message), trusted });
      assert.deepEqual([report.isVerified, report.signatures[0]?.certificate?.emails], [true, [address]]);
    });
});

describe('what makes it impossible to go by a certificate is told where it is looked into', async () => {
  const openssl = await OpenSsl.open({ after });
  const crypto = createLocalCrypto({ budgetMs: 120_000 });
  after(() => crypto.close());
  for (const [what, one, obstacle] of [
    ['nothing', { extensions: SIGNER }, null],
    [
      'an address that is malformed',
      { extensions: ['subjectAltName=DER:0500'] },
      'the extension 2.5.29.17, which is malformed',
    ],
    [
      'constraints that are malformed',
      { extensions: ['basicConstraints=DER:0500'] },
      'the extension 2.5.29.19, which is malformed',
    ],
    [
      'an unknown critical extension',
      { extensions: ['1.2.3=critical,DER:0500'] },
      'the critical extension 1.2.3',
    ],
    ['a curve of its own', { extensions: SIGNER, ...OWN_CURVE }, 'a curve described instead of named'],
  ] as const)
    it(`${what}: ${obstacle ?? 'null'}`, async () => {
      await makePath(openssl, [{ name: 'own', ...one }]);
      const facts = await crypto.inspectCertificate((await openssl.read('own.pem')).toString());
      assert.deepEqual([facts.obstacle, facts.subject], [obstacle, 'CN=own']);
    });
});

describe('variants of certificates come out as OpenSSL has them', () => {
  for (const [name, path, outcome, more] of [
    ...USAGES,
    ...CURVES,
    ...CONSTRAINTS,
    ...EXTENSIONS,
    ...DIFFERENT,
  ]) {
    const one: PathCase = { name, path, outcome, ...more };
    const than = one.stricter === undefined ? '' : `, stricter than OpenSSL: ${one.stricter}`;
    it(`${name}: ${outcome}${than}`, async (t) => checkPath(judge(t, one), one));
  }
});
