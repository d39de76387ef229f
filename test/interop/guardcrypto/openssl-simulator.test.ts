import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { createIdentity, pkcs12, pkcs7 } from '../../contract/guardcrypto/smime-identity.js';
import { at, failureCode, type UserSession } from '../../contract/guardcrypto/wire.js';
import { OpenSsl } from '../../support/openssl.js';
import { INNER, MAIL, protect, startGuardNow, verify } from './guard-mail.js';

const EMAIL = 'emil@outside.example';
const ANTON = '7';

async function prepare(t: TestContext, algorithm: 'rsa' | 'ec') {
  const openssl = await OpenSsl.open(t);
  await openssl.newAuthority('root');
  const emil = await openssl.newMailIdentity('emil', { algorithm, email: EMAIL, issuer: 'root' });
  const world = await startGuardNow(t);
  return { openssl, emil, world, anton: await world.signIn('anton') };
}

const serialOf = (pem: string) => BigInt(`0x${new X509Certificate(pem).serialNumber}`).toString();

async function uploadBundle(openssl: OpenSsl, user: UserSession, form: 'DER' | 'PEM') {
  const certificate = await openssl.run([
    ...['crl2pkcs7', '-nocrl', '-certfile', 'root.pem', '-certfile', 'emil.pem', '-outform', form],
  ]);
  const answer = await user.certificates('POST', 'uploadRecipientCertificate', { parts: { certificate } });
  return at(answer, 'data', 'certificates', 0, 'serial');
}

for (const algorithm of ['rsa', 'ec'] as const) {
  describe(`the simulator and OpenSSL with ${algorithm} certificates`, () => {
    it('let the simulator open a PKCS12 file of OpenSSL, and sign with it what OpenSSL verifies', async (t) => {
      const { openssl, emil, world, anton } = await prepare(t, algorithm);
      const certificate = await openssl.run([
        ...['pkcs12', '-export', '-in', 'emil.pem', '-inkey', 'emil.key', '-certfile', 'root.pem'],
        ...['-passout', 'pass:p12-pw'],
      ]);
      const upload = (password: string) =>
        anton.certificates('POST', 'upload', { parts: { certificate, password, newPassword: 'new-pw' } });
      assert.equal(failureCode(await upload('wrong')), 'GRD-SMIME-0002');
      assert.equal(
        at(await upload('p12-pw'), 'data', 'certificates', 0, 'serial'),
        serialOf(emil.certificate),
      );
      const token = await anton.authenticate('new-pw', undefined, 'SMIME');
      const mail = await protect(world, ANTON, { type: 'SMIME', token });
      const check = ['cms', '-verify', '-CAfile', 'root.pem'];
      assert.equal((await openssl.run(check, mail)).toString(), INNER);
      await assert.rejects(openssl.run(check, mail.replace('Euro', 'Mark')), /verification failure|digest/i);
    });

    it('let the simulator take a PKCS7 bundle of OpenSSL, and encrypt what OpenSSL opens', async (t) => {
      const { openssl, emil, world, anton } = await prepare(t, algorithm);
      for (const form of ['DER', 'PEM'] as const) {
        assert.equal(await uploadBundle(openssl, anton, form), serialOf(emil.certificate));
      }
      const mail = await protect(world, ANTON, { type: 'SMIME', recipients: [EMAIL] });
      const open = ['cms', '-decrypt', '-recip', 'emil.pem', '-inkey', 'emil.key', '-binary'];
      assert.equal((await openssl.run(open, mail)).toString(), INNER);
    });

    it('let the simulator verify what OpenSSL signed, refuse it changed, and whoever it does not know', async (t) => {
      const { openssl, world, anton } = await prepare(t, algorithm);
      await openssl.write('inner', MAIL.slice(MAIL.indexOf('Content-Type')));
      const sign = (...args: string[]) =>
        openssl.run([
          ...[
            'cms',
            '-sign',
            '-in',
            'inner',
            '-signer',
            'emil.pem',
            '-inkey',
            'emil.key',
            '-binary',
            ...args,
          ],
        ]);
      const [detached, opaque] = [(await sign()).toString(), (await sign('-nodetach')).toString()];
      assert.equal(await verify(world, ANTON, detached), false);
      await uploadBundle(openssl, anton, 'DER');
      assert.equal(await verify(world, ANTON, detached), true);
      assert.equal(await verify(world, ANTON, opaque), true);
      assert.equal(await verify(world, ANTON, detached.replace('Euro', 'Mark')), false);
    });
  });
}

describe('a PKCS12 file of old encryption is opened by the simulator', () => {
  const schemes: readonly (readonly string[])[] = [
    ['-legacy'],
    ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-40'],
    ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ['-legacy', '-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES'],
    ['-legacy', '-certpbe', 'NONE', '-keypbe', 'PBE-SHA1-3DES'],
  ];
  for (const scheme of schemes)
    it(scheme.join(' '), async (t) => {
      const { openssl, emil, anton } = await prepare(t, 'rsa');
      const certificate = await openssl.run([
        ...['pkcs12', '-export', '-in', 'emil.pem', '-inkey', 'emil.key', '-certfile', 'root.pem'],
        ...['-passout', 'pass:p12-pw', ...scheme],
      ]);
      const upload = (password: string) =>
        anton.certificates('POST', 'upload', { parts: { certificate, password, newPassword: 'new-pw' } });
      assert.equal(failureCode(await upload('wrong')), 'GRD-SMIME-0002');
      assert.equal(
        at(await upload('p12-pw'), 'data', 'certificates', 0, 'serial'),
        serialOf(emil.certificate),
      );
      await anton.authenticate('new-pw', undefined, 'SMIME');
    });
});

describe('a PKCS12 file without a code over it is opened by the simulator', () => {
  const schemes: readonly (readonly string[])[] = [
    ['-nomac'],
    ['-nomac', '-legacy'],
    ['-nomac', '-certpbe', 'NONE'],
    ['-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE'],
  ];
  for (const scheme of schemes)
    it(scheme.join(' '), async (t) => {
      const { openssl, emil, anton } = await prepare(t, 'rsa');
      const certificate = await openssl.run([
        ...['pkcs12', '-export', '-in', 'emil.pem', '-inkey', 'emil.key', '-certfile', 'root.pem'],
        ...['-passout', 'pass:p12-pw', ...scheme],
      ]);
      const upload = (password: string) =>
        anton.certificates('POST', 'upload', { parts: { certificate, password, newPassword: 'new-pw' } });
      if (!scheme.includes('-keypbe')) assert.equal(failureCode(await upload('wrong')), 'GRD-SMIME-0002');
      assert.equal(
        at(await upload('p12-pw'), 'data', 'certificates', 0, 'serial'),
        serialOf(emil.certificate),
      );
      await anton.authenticate('new-pw', undefined, 'SMIME');
    });
});

it('OpenSSL reads the PKCS12 and PKCS7 files the simulator is tested with', async (t) => {
  const openssl = await OpenSsl.open(t);
  const identity = await createIdentity(EMAIL);
  const open = (password: string) => ['pkcs12', '-nodes', '-passin', `pass:${password}`];
  const file = await pkcs12(identity, 'p12-pw');
  const opened = (await openssl.run(open('p12-pw'), file)).toString();
  assert.deepEqual(opened.match(/-----BEGIN [A-Z ]+-----/g)?.sort(), [
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN PRIVATE KEY-----',
  ]);
  await assert.rejects(openssl.run(open('wrong'), file), /invalid password/);
  const bundle = await openssl.run(['pkcs7', '-inform', 'DER', '-print_certs'], pkcs7(identity));
  assert.match(bundle.toString(), /subject=CN = Uploaded/);
});
