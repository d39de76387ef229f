import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { after, describe, it } from 'node:test';
import {
  Constructed,
  fromBER,
  ObjectIdentifier,
  OctetString,
  Primitive,
  Sequence,
  Set,
  Utf8String,
  type AsnType,
} from 'asn1js';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { TEXT } from '../../support/mail-attacks.js';
import { OpenSsl } from '../../support/openssl.js';

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

describe('what is put into the structure of a CMS message', async () => {
  const openssl = await OpenSsl.open({ after });
  const { certificate } = await openssl.newAuthority('root');
  await openssl.newMailIdentity('anton', { algorithm: 'ec', email: 'anton@example.com', issuer: 'root' });
  const by = ['-signer', 'anton.pem', '-inkey', 'anton.key', '-binary', '-nodetach', '-outform', 'DER'];
  const message = await openssl.run(['cms', '-sign', ...by], TEXT);

  /** Where more is put: which element of which, from the outermost inwards. */
  const PLACES: Readonly<Record<string, readonly number[]>> = {
    'the message': [],
    'what the message is': [1],
    'what is signed': [1, 0],
    'the algorithms': [1, 0, 1],
    'the algorithm of the digests': [1, 0, 1, 0],
    'the content': [1, 0, 2],
    'what the content is': [1, 0, 2, 1],
    'the certificates': [1, 0, 3],
    'the signers': [1, 0, 4],
    'a signer': [1, 0, 4, 0],
    'who a signer is': [1, 0, 4, 0, 1],
    'the algorithm of a digest': [1, 0, 4, 0, 2],
    'what a signer signs beside': [1, 0, 4, 0, 3],
    'the algorithm of a signature': [1, 0, 4, 0, 4],
  };

  function constructed(at: readonly number[], root: AsnType): Constructed {
    const found = at.reduce<AsnType | undefined>(
      (one, index) => (one instanceof Constructed ? one.valueBlock.value[index] : undefined),
      root,
    );
    return found instanceof Constructed ? found : assert.fail('another structure');
  }

  const [ALGORITHMS, SIGNER] = [
    [1, 0, 1],
    [1, 0, 4, 0],
  ];
  const structure = () => fromBER(new Uint8Array(message)).result;
  const time = (text: string) => {
    const type = new ObjectIdentifier({ value: '1.2.840.113549.1.9.5' });
    const value = new Primitive({ idBlock: { tagClass: 1, tagNumber: 23 } });
    value.valueBlock.valueHexView = new Uint8Array(Buffer.from(text));
    return new Sequence({ value: [type, new Set({ value: [value] })] });
  };
  /** What `change` makes of the signed attributes, signed anew. */
  async function resigned(change: (attributes: readonly AsnType[]) => AsnType[]): Promise<Buffer> {
    const root = structure();
    const signer = constructed(SIGNER, root);
    const attributes = constructed([...SIGNER, 3], root);
    const each = change(attributes.valueBlock.value);
    each.sort((a, b) => Buffer.compare(Buffer.from(a.toBER()), Buffer.from(b.toBER())));
    attributes.valueBlock.value = each;
    const key = await openssl.read('anton.key');
    const over = Buffer.from(new Set({ value: each }).toBER());
    signer.valueBlock.value[5] = new OctetString({ valueHex: new Uint8Array(sign('sha256', over, key)) });
    return Buffer.from(root.toBER());
  }
  const isTime = (one: AsnType) =>
    Buffer.from(one.toBER()).includes(Buffer.from('2a864886f70d010905', 'hex'));

  async function verdicts(changed: Buffer) {
    const check = ['cms', '-verify', '-inform', 'DER', '-CAfile', 'root.pem'];
    const theirs = await openssl.run(check, changed).then(
      () => true,
      () => false,
    );
    const ours = await crypto
      .verifySmime({ message: new Uint8Array(changed), trusted: [certificate] })
      .catch(() => undefined);
    return { theirs, ours };
  }

  it('a signer whose digest is not named in front is none, as to OpenSSL', async () => {
    for (const named of [
      [],
      [new Sequence({ value: [new ObjectIdentifier({ value: '2.16.840.1.101.3.4.2.3' })] })],
    ]) {
      const root = structure();
      constructed(ALGORITHMS, root).valueBlock.value = named;
      const { theirs, ours } = await verdicts(Buffer.from(root.toBER()));
      assert.deepEqual([theirs, ours], [false, undefined]);
    }
  });

  const attribute = (type: string, ...values: readonly AsnType[]) =>
    new Sequence({ value: [new ObjectIdentifier({ value: type }), new Set({ value: [...values] })] });
  const PKCS_9 = '1.2.840.113549.1.9';
  const CONTENT_TYPE = `${PKCS_9}.3`;
  const DIGEST = `${PKCS_9}.4`;
  const COUNTERSIGNATURE = `${PKCS_9}.6`;
  const text = (value: string) => new Utf8String({ value });
  const longer = (one: Sequence) => {
    one.valueBlock.value.push(text('more'));
    return one;
  };
  const DATA = new ObjectIdentifier({ value: '1.2.840.113549.1.7.1' });
  const ESS = ['1', '12', '47'].map((last) => `${PKCS_9}.16.2.${last}`);

  /** More attributes, signed or not, and whether that leaves the signature as good as it is. */
  const MORE_ATTRIBUTES: Readonly<
    Record<string, readonly [more: readonly AsnType[], signed: boolean, beside: boolean]>
  > = {
    'that nobody knows': [[attribute('1.2.3', text('a'))], true, true],
    'that nobody knows, twice': [[attribute('1.2.3', text('a')), attribute('1.2.3', text('b'))], true, true],
    'that nobody knows, without a value': [[attribute('1.2.3')], true, true],
    'with more than values': [[longer(attribute('1.2.3', text('a')))], false, false],
    'of another time of signing': [[time('200101000000Z')], false, false],
    'of another digest': [
      [attribute(DIGEST, new OctetString({ valueHex: new Uint8Array(32) }))],
      false,
      false,
    ],
    'of the type of the content once more': [[attribute(CONTENT_TYPE, DATA)], false, false],
    'of a second signature': [[attribute(COUNTERSIGNATURE, text('a'))], false, true],
    ...Object.fromEntries(
      ESS.flatMap((type) => [
        [`of type ${type}`, [[attribute(type, text('a'))], true, false]],
        [`of type ${type}, twice`, [[attribute(type, text('a')), attribute(type, text('b'))], false, false]],
        [`of type ${type}, with two values`, [[attribute(type, text('a'), text('b'))], false, false]],
      ]),
    ),
  };
  for (const [name, [more, isGoodSigned, isGoodBeside]] of Object.entries(MORE_ATTRIBUTES)) {
    it(`an attribute ${name}, signed: ${isGoodSigned ? 'good' : 'not good'}, as to OpenSSL`, async () => {
      const { theirs, ours } = await verdicts(await resigned((attributes) => [...attributes, ...more]));
      assert.deepEqual([theirs, ours?.isVerified ?? false], [isGoodSigned, isGoodSigned]);
      for (const { outcome, reason } of isGoodSigned ? [] : (ours?.signatures ?? []))
        assert.deepEqual([outcome, typeof reason], ['BAD', 'string']);
    });

    it(`an attribute ${name}, not signed: ${isGoodBeside ? 'told' : 'not good'}, as to OpenSSL`, async () => {
      const root = structure();
      const beside = new Constructed({ idBlock: { tagClass: 3, tagNumber: 1 }, value: [...more] });
      constructed(SIGNER, root).valueBlock.value.push(beside);
      const { theirs, ours } = await verdicts(Buffer.from(root.toBER()));
      assert.deepEqual([theirs, ours?.isVerified ?? false], [isGoodBeside, isGoodBeside]);
      assert.notEqual(ours?.isWhole, true);
    });
  }

  it('a time of signing without a value is not good, and none is', async () => {
    for (const more of [[attribute(`${PKCS_9}.5`)], []]) {
      const { theirs, ours } = await verdicts(
        await resigned((attributes) => [...attributes.filter((one) => !isTime(one)), ...more]),
      );
      assert.deepEqual([theirs, ours?.isVerified ?? false], [more.length === 0, more.length === 0]);
    }
  });

  it('a time of signing that is none is not told', async () => {
    const { ours } = await verdicts(
      await resigned((attributes) => [...attributes.filter((one) => !isTime(one)), time('99999')]),
    );
    assert.deepEqual([ours?.isVerified, ours?.signatures[0]?.signedAt], [true, null]);
  });

  const pushTo =
    (at: readonly number[], ...values: readonly AsnType[]) =>
    (root: AsnType) => {
      const { valueBlock } = constructed(at, root);
      valueBlock.value = [...valueBlock.value, ...values];
    };
  const PAY = 'Pay 9999 euros.';
  const saying = new Utf8String({ value: PAY });
  const tagged = (tagNumber: number, ...value: AsnType[]) =>
    new Constructed({ idBlock: { tagClass: 3, tagNumber }, value });
  const replaced = (at: readonly number[], index: number, value: AsnType) => (root: AsnType) => {
    constructed(at, root).valueBlock.value[index] = value;
  };
  const version = () => new Primitive({ idBlock: { tagClass: 1, tagNumber: 2 } });
  const withBytes = (value: Primitive, bytes: string) => {
    value.valueBlock.valueHexView = new Uint8Array(Buffer.from(bytes));
    return value;
  };
  const nil = () => withBytes(new Primitive({ idBlock: { tagClass: 1, tagNumber: 5 } }), PAY);
  const SIGNED = [1, 0];
  const list = await openssl
    .write('ca.cnf', '[ca]\ndefault_ca=own\n[own]\ndatabase=index\ndefault_md=sha256\ndefault_crl_days=9\n')
    .then(() => openssl.write('index', ''))
    .then(() =>
      openssl.run([
        ...['ca', '-gencrl', '-config', 'ca.cnf', '-cert', 'root.pem', '-keyfile', 'root.key'],
        ...['-out', 'list.pem'],
      ]),
    )
    .then(() => openssl.run(['crl', '-in', 'list.pem', '-outform', 'DER']));

  /** What nobody's signature covers, and whether OpenSSL takes it. */
  const UNCOVERED: Readonly<Record<string, readonly [change: (root: AsnType) => void, theirs: boolean]>> = {
    'an attribute that is not signed': [pushTo(SIGNER, tagged(1, attribute('1.2.3.4', saying))), true],
    'a revocation list': [
      (root) => constructed(SIGNED, root).valueBlock.value.splice(4, 0, tagged(1, fromBER(list).result)),
      true,
    ],
    'a revocation list that is none': [
      (root) => constructed(SIGNED, root).valueBlock.value.splice(4, 0, tagged(1, new Sequence())),
      false,
    ],
    'nothing in place of a certificate': [pushTo([...SIGNED, 3], new Sequence()), false],
    'text in place of a certificate': [pushTo([...SIGNED, 3], new Sequence({ value: [saying] })), false],
    'a certificate of another kind': [pushTo([...SIGNED, 3], tagged(3, DATA, saying)), true],
    ...Object.fromEntries(
      (
        [
          ['2.16.840.1.101.3.4.2.3', true],
          ['1.2.3.4.5.6.7.8', false],
        ] as const
      ).map(([name, theirs]) => [
        `the digest ${name}, which nobody asks for`,
        [pushTo(ALGORITHMS, new Sequence({ value: [new ObjectIdentifier({ value: name })] })), theirs],
      ]),
    ),
    'a long version': [replaced(SIGNED, 0, withBytes(version(), PAY)), false],
    'a long version of a signer': [replaced(SIGNER, 0, withBytes(version(), PAY)), false],
    'text in place of no parameters': [replaced([...SIGNER, 2], 1, nil()), false],
    'text in place of no parameters of a signature': [replaced([...SIGNER, 4], 1, nil()), false],
  };
  for (const [name, [change, isGoodToThem]] of Object.entries(UNCOVERED))
    it(`${name}: OpenSSL refuses it, or it is told as not covered`, async () => {
      const root = structure();
      change(root);
      const { theirs, ours } = await verdicts(Buffer.from(root.toBER()));
      assert.equal(theirs, isGoodToThem, 'OpenSSL');
      assert.equal(ours?.isVerified ?? false, isGoodToThem);
      assert.notEqual(ours?.isWhole, true);
    });

  it('as OpenSSL writes it, it is whole', async () => {
    const { theirs, ours } = await verdicts(Buffer.from(structure().toBER()));
    assert.deepEqual([theirs, ours?.isVerified, ours?.isWhole], [true, true, true]);
  });

  for (const [name, at] of Object.entries(PLACES))
    it(`${name}: OpenSSL refuses it, or it is not said to be whole`, async () => {
      const root = fromBER(new Uint8Array(message)).result;
      constructed(at, root).valueBlock.value.push(new Utf8String({ value: 'Pay 9999 euros.' }));
      const changed = Buffer.from(root.toBER());
      assert(changed.includes('Pay 9999 euros.'));
      const { theirs, ours } = await verdicts(changed);
      assert.notEqual(ours?.isWhole, true);
      if (!theirs) assert.notEqual(ours?.isVerified, true, 'OpenSSL');
    });
});
