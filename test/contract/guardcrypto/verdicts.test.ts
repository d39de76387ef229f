import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifySignedData } from '../../../src/simulators/guardcrypto/smime/cms.js';
import { OpenSsl } from '../../support/openssl.js';

test('a CMS message of the signer does not serve as the signature of another text', async (t) => {
  const openssl = await OpenSsl.open(t);
  const { certificate } = await openssl.newAuthority('root');
  await openssl.newMailIdentity('anton', { algorithm: 'ec', email: 'anton@example.com', issuer: 'root' });
  const by = ['-signer', 'anton.pem', '-inkey', 'anton.key', '-outform', 'DER', '-binary', '-nodetach'];
  const opaque = await openssl.run(['cms', '-sign', ...by], 'Pay 12 euros.');
  const verify = (text: string) => verifySignedData(opaque, Buffer.from(text), [certificate], new Date());
  assert.deepEqual([await verify('Pay 12 euros.'), await verify('Pay 9999 euros.')], [true, false]);
});
