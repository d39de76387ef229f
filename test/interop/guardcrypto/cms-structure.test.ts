import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Constructed, fromBER, Utf8String, type AsnType } from 'asn1js';
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

  for (const [name, at] of Object.entries(PLACES))
    it(`${name}: OpenSSL refuses it, or it is not said to be whole`, async () => {
      const root = fromBER(new Uint8Array(message)).result;
      constructed(at, root).valueBlock.value.push(new Utf8String({ value: 'Pay 9999 euros.' }));
      const changed = Buffer.from(root.toBER());
      assert(changed.includes('Pay 9999 euros.'));
      const check = ['cms', '-verify', '-inform', 'DER', '-CAfile', 'root.pem'];
      const theirs = await openssl.run(check, changed).then(
        () => true,
        () => false,
      );
      const ours = await crypto
        .verifySmime({ message: new Uint8Array(changed), trusted: [certificate] })
        .catch(() => undefined);
      assert.notEqual(ours?.isWhole, true);
      if (!theirs) assert.notEqual(ours?.isVerified, true, 'OpenSSL');
    });
});
