import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIdentity, pkcs12, pkcs7 } from '../../contract/guardcrypto/smime-identity.js';
import { openGuard } from './open.js';
import type { Answer } from './open.js';

const FIELDS = 'serial issuer email person { email } expiresAt isExpired isCurrent';
const LIST = `{ guardCertificates { ${FIELDS} } }`;

test('certificates are listed, made, uploaded with their passwords, and deleted by serial number of any length', async (t) => {
  const { ask, command, done, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  const list = async () => (await ask(LIST))['guardCertificates'] as Answer[];
  assert.deepEqual(
    (await list()).map(({ isExpired, isCurrent, person }) => [isExpired, isCurrent, person.email]),
    [
      [true, false, 'anton@example.com'],
      [false, true, 'anton@example.com'],
    ],
  );
  assert.equal((await ask('{ canCreateGuardCertificate }'))['canCreateGuardCertificate'], true);
  const { certificate } = await done(
    'createGuardCertificate',
    { password: 'made-pw' },
    `certificate { ${FIELDS} }`,
  );
  assert.equal(certificate.isCurrent, true);

  const file = await pkcs12(await createIdentity('anton@example.com'), 'file-pw');
  const upload = { pkcs12: file.toString('base64'), filePassword: 'file-pw', newPassword: 'kept-pw' };
  const wrong = await command('uploadGuardCertificate', { ...upload, filePassword: 'no' });
  assert.equal(wrong['problem'].code, 'WRONG_SECRET');
  const { certificates } = await done('uploadGuardCertificate', upload, `certificates { ${FIELDS} }`);
  const { serial } = certificates[0];
  assert.ok(BigInt(serial) > BigInt(Number.MAX_SAFE_INTEGER));
  assert.equal(
    (await command('deleteGuardCertificate', { serial, password: 'no' }))['problem'].code,
    'WRONG_SECRET',
  );
  await done('deleteGuardCertificate', { serial, password: 'kept-pw' }, 'isDone');
  assert.ok(!(await list()).some((found) => found['serial'] === serial));
  assert.equal(
    (await command('deleteGuardCertificate', { serial: '1x', password: 'p' }))['problem'].code,
    'INVALID_INPUT',
  );

  await simulator.control.setCertificateService({ email: 'anton@example.com', available: false });
  assert.equal((await ask('{ canCreateGuardCertificate }'))['canCreateGuardCertificate'], false);
  const refused = await command('createGuardCertificate', { password: 'made-pw' });
  assert.equal(refused['problem'].code, 'NOT_SUPPORTED');
});

test('certificates of others are uploaded as PKCS7, of PEM or Base64, and found by address', async (t) => {
  const { ask, command, done, signIn } = await openGuard(t);
  await signIn('anton');
  const FIND =
    'query ($email: String!) { guardRecipientCertificate(email: $email) { serial issuer isExpired expiresAt } }';
  const find = async (email: string) => (await ask(FIND, { email }))['guardRecipientCertificate'];
  assert.equal(await find('paula@outside.example'), null);
  const bundle = pkcs7(await createIdentity('paula@outside.example'));
  const { certificates } = await done(
    'uploadGuardRecipientCertificates',
    { pkcs7: bundle.toString('base64') },
    `certificates { ${FIELDS} }`,
  );
  assert.equal(certificates[0].email, 'paula@outside.example');
  assert.equal((await find('paula@outside.example')).serial, certificates[0].serial);
  const pem = `-----BEGIN PKCS7-----\n${pkcs7(await createIdentity('otto@outside.example')).toString('base64')}\n-----END PKCS7-----\n`;
  await done('uploadGuardRecipientCertificates', { pkcs7: pem });
  assert.notEqual(await find('otto@outside.example'), null);
  assert.equal(
    (await command('uploadGuardRecipientCertificates', { pkcs7: '***' }))['problem'].code,
    'INVALID_INPUT',
  );
});
