import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { OpenSsl } from '../../support/openssl.js';

// What is signed, and what it says it is, each next to `openssl cms -verify`. Without attributes a signature is over the
// content alone.

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const TIME_STAMP = '1.2.840.113549.1.9.16.1.4';
/** Signed attributes of another signature would begin so: a SET of SEQUENCEs, each an OBJECT IDENTIFIER and a SET. */
const ATTRIBUTES = Buffer.from('310f300d06092a864886f70d0109043100', 'hex');

describe('contents come out as OpenSSL has them', async () => {
  const openssl = await OpenSsl.open({ after });
  const { certificate } = await openssl.newAuthority('root');
  await openssl.newMailIdentity('anton', { algorithm: 'ec', email: 'anton@example.com', issuer: 'root' });
  const trusted = [certificate];
  const sign = (content: string | Uint8Array, args: readonly string[]) =>
    openssl.run(
      ['cms', '-sign', '-binary', '-outform', 'DER', '-signer', 'anton.pem', '-inkey', 'anton.key', ...args],
      content,
    );
  const isGoodToOpenSsl = (message: Uint8Array, ...args: readonly string[]) =>
    openssl
      .run(['cms', '-verify', '-binary', '-inform', 'DER', '-CAfile', 'root.pem', ...args], message)
      .then(
        () => true,
        () => false,
      );

  type Row = readonly [
    name: string,
    content: string | Uint8Array,
    args: readonly string[],
    outcome: string,
    reason: string | null,
    isGoodToOpenSsl: boolean,
  ];
  const bare = '-noattr';
  const CASES: readonly Row[] = [
    ['data', 'Twelve euros.', [], 'GOOD', null, true],
    ['data without attributes', 'Twelve euros.', [bare], 'GOOD', null, true],
    ['nothing', '', [], 'GOOD', null, true],
    ['nothing without attributes', '', [bare], 'GOOD', null, true],
    ['text that begins like attributes', '12 euros.', [bare], 'GOOD', null, true],
    ['another type', 'Twelve euros.', ['-econtent_type', TIME_STAMP], 'GOOD', null, true],
    ...['1.2.3.4', TIME_STAMP].map((type): Row => [
      `the type ${type} without attributes`,
      'Twelve euros.',
      ['-econtent_type', type, bare],
      'BAD',
      `content of type ${type} is signed without saying so`,
      true,
    ]),
    [
      'attributes of another signature, without any',
      ATTRIBUTES,
      [bare],
      'BAD',
      'its content may be the attributes of another signature',
      true,
    ],
    ['attributes of another signature, with some', ATTRIBUTES, [], 'GOOD', null, true],
  ];

  for (const [name, content, args, outcome, reason, isGoodToThem] of CASES)
    it(`${name}: ${outcome}`, async () => {
      const message = await sign(content, ['-nodetach', ...args]);
      assert.equal(await isGoodToOpenSsl(message), isGoodToThem, 'OpenSSL');
      const report = await crypto.verifySmime({ message: new Uint8Array(message), trusted });
      const [signature] = report.signatures;
      assert.deepEqual(
        [report.isVerified, signature?.outcome, signature?.reason],
        [outcome === 'GOOD', outcome, reason],
      );
      assert.deepEqual(Buffer.from(report.content), Buffer.from(content));
    });

  it('a file of no bytes has a signature like any other', async () => {
    const signature = new Uint8Array(await sign('', []));
    await openssl.write('empty', '');
    assert(await isGoodToOpenSsl(signature, '-content', 'empty'));
    for (const message of ['', new Uint8Array()]) {
      const own = { message, signature: signature.slice(), trusted };
      assert.equal((await crypto.verifySmime(own)).isVerified, true);
    }
    const other = { message: 'x', signature: signature.slice(), trusted };
    assert.equal((await crypto.verifySmime(other)).signatures[0]?.outcome, 'BAD');
    await assert.rejects(crypto.verifySmime({ message: '', trusted }), {
      code: 'INVALID_INPUT',
      path: ['message'],
      reason: 'BLANK',
    });
  });
});
