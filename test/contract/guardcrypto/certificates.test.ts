import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { z } from 'zod';
import { createIdentity, pkcs12, pkcs7 } from './smime-identity.js';
import { at, data, failureCode, isEmpty, json, startGuard, type UserSession } from './wire.js';

const certificateSchema = z.strictObject({
  email: z.string(),
  expires: z.int(),
  expired: z.boolean(),
  serial: z.string().regex(/^\d+$/),
  certifier: z.string(),
  current: z.boolean(),
});
const listSchema = z.strictObject({ certificates: z.array(certificateSchema) });
const recipientSchema = certificateSchema.omit({ email: true, current: true });

const list = async (user: UserSession) =>
  data(await user.certificates('GET', 'getCertificates'), listSchema).certificates;

const recipient = (user: UserSession, email: string) =>
  user.certificates('GET', 'getRecipCertificate', { query: { email } });

const serialOf = (der: Buffer) => BigInt(`0x${new X509Certificate(der).serialNumber}`).toString();

test('anton has a good certificate and an expired one, carl has none', async (t) => {
  const { signIn } = await startGuard(t);
  const [anton, carl] = [await signIn('anton'), await signIn('carl')];
  const [expired, good] = await list(anton);
  assert.deepEqual([expired?.expired, expired?.current], [true, false]);
  assert.deepEqual(
    { ...good, serial: '' },
    {
      email: 'anton@example.com',
      expires: Date.UTC(2036, 0, 1),
      expired: false,
      serial: '',
      certifier: 'CN=Sim CA',
      current: true,
    },
  );
  const has = async (user: UserSession) => json(await user.certificates('GET', 'hasKeys'));
  assert.deepEqual(await has(anton), { data: { hasPrivateKey: true, hasPublicKey: true } });
  assert.deepEqual(await has(carl), { data: { hasPrivateKey: false, hasPublicKey: false } });
  assert.deepEqual(await list(carl), []);
});

test('a PKCS12 file is opened with one password, stored under another, and becomes current', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const identity = await createIdentity('anton@example.com');
  const certificate = await pkcs12(identity, 'p12-pw');
  const upload = (parts: Record<string, string | Buffer>) => anton.certificates('POST', 'upload', { parts });
  const passwords = { password: 'p12-pw', newPassword: 'smime-new' };
  assert.equal(failureCode(await upload({ certificate, ...passwords, password: 'wrong' })), 'GRD-SMIME-0002');
  assert.equal(failureCode(await upload({ certificate: Buffer.from('no'), ...passwords })), 'GRD-KEYS-0002');
  assert.equal(failureCode(await upload({ file: certificate, ...passwords })), 'GRD-CORE-0002');
  assert.equal(failureCode(await upload({ certificate, password: 'p12-pw' })), 'GRD-CORE-0002');
  assert.equal((await list(anton)).length, 2);
  const [uploaded] = data(await upload({ certificate, ...passwords }), listSchema).certificates;
  assert.deepEqual(
    [uploaded?.serial, uploaded?.certifier, uploaded?.current],
    [serialOf(identity.certificate), 'CN=Another CA', true],
  );
  assert.deepEqual(
    (await list(anton)).map(({ current }) => current),
    [false, false, true],
  );
  await anton.authenticate('smime-new', 0, 'SMIME');
});

test('an expired certificate is stored and does not become current', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const certificate = await pkcs12(await createIdentity('anton@example.com', new Date('2026-02-01')), 'p');
  await anton.certificates('POST', 'upload', {
    parts: { certificate, password: 'p', newPassword: 'kept-pw' },
  });
  assert.deepEqual(
    (await list(anton)).map(({ expired, current }) => [expired, current]),
    [
      [true, false],
      [false, true],
      [true, false],
    ],
  );
});

test('a deleted certificate is gone, and needs the password of its key', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const serial = (await list(anton)).find(({ current }) => current)?.serial ?? '';
  const remove = (password: string) =>
    anton.certificates('POST', 'delete', { query: { serial }, form: { password } });
  assert.equal(failureCode(await remove('wrong')), 'GRD-AUTH-0001');
  assert.ok(isEmpty(await remove('smime-pw')));
  assert.deepEqual(
    (await list(anton)).map(({ expired, current }) => [expired, current]),
    [[true, false]],
  );
  assert.equal(failureCode(await remove('smime-pw')), 'GRD-SMIME-0001');
});

test('a recipient’s certificate is the own one, or what the asking user uploaded', async (t) => {
  const { signIn } = await startGuard(t);
  const [anton, berta] = [await signIn('anton'), await signIn('berta')];
  const { serial, expired } = data(await recipient(berta, 'anton@example.com'), recipientSchema);
  assert.deepEqual([(await list(anton))[1]?.serial, expired], [serial, false]);
  const identity = await createIdentity('emil@outside.example');
  assert.deepEqual(json(await recipient(berta, 'emil@outside.example')), { data: null });
  for (const certificate of [pkcs7(identity), pem(pkcs7(identity))]) {
    const answer = await berta.certificates('POST', 'uploadRecipientCertificate', { parts: { certificate } });
    const [uploaded, ...more] = data(answer, listSchema).certificates;
    assert.deepEqual(
      [uploaded?.serial, uploaded?.email, more],
      [serialOf(identity.certificate), 'emil@outside.example', []],
    );
  }
  const found = data(await recipient(berta, 'Emil@outside.example'), recipientSchema);
  assert.equal(found.serial, serialOf(identity.certificate));
  assert.deepEqual(json(await recipient(anton, 'emil@outside.example')), { data: null });
  const broken = await berta.certificates('POST', 'uploadRecipientCertificate', {
    parts: { certificate: 'x' },
  });
  assert.equal(failureCode(broken), 'GRD-KEYS-0002');
});

test('some addresses have no certificate and some an expired one', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  assert.deepEqual(json(await recipient(anton, 'nocert@outside.example')), { data: null });
  const expired = data(await recipient(anton, 'expiredcert-x@outside.example'), recipientSchema);
  assert.equal(expired.expired, true);
  assert.deepEqual(data(await recipient(anton, 'expiredcert-x@outside.example'), recipientSchema), expired);
  assert.equal(failureCode(await anton.certificates('GET', 'getRecipCertificate')), 'GRD-CORE-0002');
});

test('a certificate is made where the service is there, and becomes current', async (t) => {
  const { signIn, control } = await startGuard(t);
  const [berta, carl] = [await signIn('berta'), await signIn('carl')];
  const can = async (user: UserSession) =>
    at(await user.certificates('GET', 'canCreate'), 'data', 'available');
  const create = (user: UserSession, form: Record<string, string>) =>
    user.certificates('POST', 'create', { form });
  assert.deepEqual([await can(berta), await can(carl)], [true, false]);
  assert.match(String(at(await carl.certificates('GET', 'canCreate'), 'data', 'message')), /PKI/);
  assert.equal(failureCode(await create(carl, { password: 'pw-pw-pw' })), 'GRD-SMIME-0003');
  assert.equal(failureCode(await create(berta, {})), 'GRD-CORE-0002');
  const created = data(await create(berta, { password: 'berta-smime' }), certificateSchema);
  assert.deepEqual([created.email, created.current, created.expired], ['berta@example.com', true, false]);
  assert.deepEqual(await list(berta), [created]);
  await berta.authenticate('berta-smime', 0, 'SMIME');
  await control.setCertificateService({ email: 'carl@example.com', available: true });
  assert.equal(await can(carl), true);
});

test('a certificate expires by the clock alone', async (t) => {
  const { signIn, control } = await startGuard(t);
  await control.advanceClock({ ms: Date.UTC(2036, 0, 1) - Date.parse(await control.time()) - 1 });
  const [, good] = await list(await signIn('anton'));
  await control.advanceClock({ ms: 1 });
  const [, expired] = await list(await signIn('anton'));
  assert.deepEqual([good?.expired, expired?.expired], [false, true]);
});

function pem(der: Buffer): Buffer {
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n');
  return Buffer.from(`-----BEGIN PKCS7-----\n${lines}\n-----END PKCS7-----\n`);
}
