import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { fromBER, type AsnType } from 'asn1js';
import { AlgorithmIdentifier, Certificate, ContentInfo, RSASSAPSSParams, SignedData } from 'pkijs';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { algorithm, der, TAG } from '../../../src/providers/guardcrypto/local/smime/der.js';
import { toPem } from '../../../src/providers/guardcrypto/local/smime/pem.js';
import { OpenSsl } from '../../support/openssl.js';

// A key for RSA-PSS alone, and what its signatures say of themselves, next to OpenSSL's verdict on the same message.

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const RSASSA_PSS = '1.2.840.113549.1.1.10';
const MGF1 = '1.2.840.113549.1.1.8';
const SHA1 = '1.3.14.3.2.26';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const RSA_WITH_SHA256 = '1.2.840.113549.1.1.11';
const TEXT = 'Pay 12 euros.';

const openssl = await OpenSsl.open({ after });
const root = await openssl.newAuthority('root');
await openssl.newMailIdentity('anton', { algorithm: 'rsa', email: 'anton@example.com', issuer: 'root' });
const own = parsed((await openssl.read('anton.pem')).toString());
await openssl.run(['req', '-new', '-key', 'anton.key', '-subj', '/CN=anton', '-out', 'anton.csr']);

function parsed(pem: string): Certificate {
  return Certificate.fromBER(new Uint8Array(Buffer.from(pem.replace(/-----.*/g, ''), 'base64')));
}

/** A certificate with the issuer, number and key of anton's, for RSA-PSS alone. @param parameters DER; none: any */
async function pssCertificate(...parameters: readonly Uint8Array[]): Promise<Certificate> {
  const key = createPublicKey(await openssl.read('anton.key')).export({ type: 'pkcs1', format: 'der' });
  const bits = der(TAG.bitString, Buffer.from([0]), key);
  const info = der(TAG.sequence, algorithm(RSASSA_PSS, ...parameters), bits);
  await openssl.write('pss.pub', toPem('PUBLIC KEY', info));
  await openssl.write('pss.cnf', 'keyUsage=digitalSignature\nextendedKeyUsage=emailProtection\n');
  const serial = BigInt(`0x${Buffer.from(own.serialNumber.valueBlock.valueHexView).toString('hex')}`);
  const by = ['-CA', 'root.pem', '-CAkey', 'root.key', '-set_serial', serial.toString()];
  const made = ['-force_pubkey', 'pss.pub', '-extfile', 'pss.cnf', '-days', '30'];
  return parsed((await openssl.run(['x509', '-req', '-in', 'anton.csr', ...by, ...made])).toString());
}

const algorithmOf = (algorithmId: string, algorithmParams?: AsnType) =>
  new AlgorithmIdentifier({ algorithmId, ...(algorithmParams && { algorithmParams }) });

function parametersOf(saltLength: number, { hash = SHA256, trailerField = 1 } = {}) {
  const maskGenAlgorithm = algorithmOf(MGF1, algorithmOf(hash).toSchema());
  return new RSASSAPSSParams({
    hashAlgorithm: algorithmOf(hash),
    maskGenAlgorithm,
    saltLength,
    trailerField,
  }).toSchema();
}

/** A message anton signed, with another certificate of the same name and number in it. */
async function signedWith(
  certificate: Certificate | undefined,
  options: readonly string[],
  change: (signed: SignedData) => void = () => undefined,
): Promise<Buffer> {
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
      ...options,
    ],
    TEXT,
  );
  const info = new ContentInfo({ schema: fromBER(new Uint8Array(message)).result });
  const signed = new SignedData({ schema: info.content });
  if (certificate) signed.certificates = [certificate];
  change(signed);
  const changed = new ContentInfo({ contentType: info.contentType, content: signed.toSchema() });
  return Buffer.from(changed.toSchema().toBER());
}

const named = (identifier: AlgorithmIdentifier) => (signed: SignedData) => {
  for (const signer of signed.signerInfos) signer.signatureAlgorithm = identifier;
};

async function verdicts(message: Buffer) {
  const theirs = await openssl.run(['cms', '-verify', '-inform', 'DER', '-CAfile', 'root.pem'], message).then(
    () => true,
    () => false,
  );
  const { signatures } = await crypto.verifySmime({
    message: new Uint8Array(message),
    trusted: [root.certificate],
  });
  return { theirs, ours: signatures[0]?.outcome };
}

const pss = (saltLength: number, ...more: string[]) => [
  ...['-md', 'sha256', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', `rsa_pss_saltlen:${saltLength}`],
  ...more,
];
const bytesOf = (type: AsnType) => new Uint8Array(type.toBER());
const RESTRICTED = bytesOf(parametersOf(32));

type Row = readonly [
  name: string,
  parameters: readonly Uint8Array[],
  options: readonly string[],
  outcome: string,
  named?: AlgorithmIdentifier,
];

const KEYS: readonly Row[] = [
  ['one that may be used in any way', [], pss(32), 'GOOD'],
  ['one for SHA-256 and 32 octets of salt', [RESTRICTED], pss(32), 'GOOD'],
  ['more salt than it asks for', [RESTRICTED], pss(64), 'GOOD'],
  ['less salt than it asks for', [RESTRICTED], pss(20), 'BAD'],
  ['another hash than it asks for', [RESTRICTED], pss(32, '-md', 'sha512'), 'BAD'],
  ['a signature of PKCS #1 v1.5', [], ['-md', 'sha256'], 'BAD'],
  [
    'a signature of PKCS #1 v1.5, said to be RSA-PSS',
    [],
    ['-md', 'sha256'],
    'BAD',
    algorithmOf(RSASSA_PSS, parametersOf(32)),
  ],
  ['RSA-PSS, said to be PKCS #1 v1.5', [], pss(32), 'BAD', algorithmOf(RSA_WITH_SHA256)],
  ['RSA-PSS with other salt than it says', [], pss(32), 'BAD', algorithmOf(RSASSA_PSS, parametersOf(20))],
  ['RSA-PSS without parameters', [], pss(32), 'UNSUPPORTED', algorithmOf(RSASSA_PSS)],
  [
    'RSA-PSS with the hash of another in its parameters',
    [],
    pss(32),
    'BAD',
    algorithmOf(RSASSA_PSS, parametersOf(32, { hash: '2.16.840.1.101.3.4.2.3' })),
  ],
  [
    'RSA-PSS with a trailer nobody knows',
    [],
    pss(32),
    'UNSUPPORTED',
    algorithmOf(RSASSA_PSS, parametersOf(32, { trailerField: 2 })),
  ],
];

describe('RSA-PSS comes out as OpenSSL has it', () => {
  for (const [name, parameters, options, outcome, identifier] of KEYS)
    it(`a key for RSA-PSS alone, ${name}: ${outcome}`, async () => {
      const change = identifier && named(identifier);
      const message = await signedWith(await pssCertificate(...parameters), options, change);
      assert.deepEqual(await verdicts(message), { theirs: outcome === 'GOOD', ours: outcome });
    });

  it('an ordinary key may sign so too, whatever its salt', async () => {
    for (const saltLength of [0, 20, 32])
      assert.deepEqual(await verdicts(await signedWith(undefined, pss(saltLength))), {
        theirs: true,
        ours: 'GOOD',
      });
  });

  it('a mask with another hash is not known here, though OpenSSL takes it', async () => {
    const message = await signedWith(undefined, pss(32, '-keyopt', 'rsa_mgf1_md:sha1'));
    assert.deepEqual(await verdicts(message), { theirs: true, ours: 'UNSUPPORTED' });
  });

  it('two hash algorithms in one signature are bad', async () => {
    const message = await signedWith(undefined, ['-md', 'sha256'], (signed) => {
      signed.digestAlgorithms.push(algorithmOf(SHA1));
      for (const signer of signed.signerInfos) signer.digestAlgorithm = algorithmOf(SHA1);
    });
    assert.deepEqual(await verdicts(message), { theirs: false, ours: 'BAD' });
  });

  it('an authority whose key is for RSA-PSS alone, and what it signs', async () => {
    for (const [digest, ours] of [
      ['-sha256', 'GOOD'],
      ['-sha1', 'WEAK'],
    ] as const) {
      const key = ['-newkey', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048', '-nodes'];
      await openssl.write('pss-root.cnf', '[req]\ndistinguished_name=dn\n[dn]\n');
      const by = ['req', '-x509', '-config', 'pss-root.cnf', '-days', '30'];
      const authority = ['-addext', 'basicConstraints=critical,CA:TRUE'];
      await openssl.run([
        ...by,
        ...key,
        '-subj',
        '/CN=pss',
        '-keyout',
        'pss.key',
        '-out',
        'pss.pem',
        ...authority,
      ]);
      const issued = ['-CA', 'pss.pem', '-CAkey', 'pss.key', digest, '-addext', 'basicConstraints=CA:FALSE'];
      await openssl.run([...by, '-key', 'anton.key', '-subj', '/CN=anton', '-out', 'by-pss.pem', ...issued]);
      const message = await openssl.run(
        ['cms', '-sign', '-nodetach', '-outform', 'DER', '-signer', 'by-pss.pem', '-inkey', 'anton.key'],
        TEXT,
      );
      await openssl.run(['cms', '-verify', '-inform', 'DER', '-CAfile', 'pss.pem'], message);
      const trusted = [(await openssl.read('pss.pem')).toString()];
      const { signatures } = await crypto.verifySmime({ message: new Uint8Array(message), trusted });
      assert.equal(signatures[0]?.outcome, ours, digest);
    }
  });
});
