import 'reflect-metadata';
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { after, test } from 'node:test';
import * as x509 from '@peculiar/x509';
import { ContentInfo, id_ContentType_SignedData, SignedData } from 'pkijs';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import {
  createAuthority,
  issueMailCertificate,
} from '../../../src/simulators/guardcrypto/smime/authority.js';
import { signDetached } from '../../../src/simulators/guardcrypto/smime/cms.js';
import { generateRsaKey } from '../../../src/simulators/guardcrypto/smime/private-key.js';
import { ManualClock } from '../../support/manual-clock.js';

const clock = new ManualClock();
const crypto = createLocalCrypto({ clock });
after(() => crypto.close());

const CREATED = new Date('2026-01-01T00:00:00Z');
const SIGNED = new Date('2026-02-01T00:00:00Z');
const LATER = new Date('2036-01-01T00:00:00Z');
const authority = await createAuthority('Test CA', { notBefore: CREATED, notAfter: LATER });
const { privateKey, publicKey } = await generateRsaKey();
const spki = publicKey.export({ type: 'spki', format: 'der' });

const issue = (notAfter: Date) =>
  issueMailCertificate(authority, { name: 'Anton', email: 'anton@example.com' }, spki, {
    notBefore: CREATED,
    notAfter,
  });

/** A certificate for the same key by itself, for what these extensions say. */
async function selfSigned(...extensions: x509.Extension[]): Promise<string> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=Anton',
    issuer: 'CN=Anton',
    notBefore: CREATED,
    notAfter: LATER,
    signingAlgorithm: algorithm,
    publicKey: new x509.PublicKey(new Uint8Array(spki)),
    signingKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
    extensions,
  });
  return certificate.toString('pem');
}

async function outcomeOf(certificate: string, trusted: readonly string[]) {
  const signature = await signDetached(Buffer.from('Zwölf'), certificate, privateKey, SIGNED);
  const { isVerified, signatures } = await crypto.verifySmime({ message: 'Zwölf', signature, trusted });
  return [isVerified, signatures[0]?.outcome];
}

test('a signature is good as long as its certificate is', async () => {
  assert.deepEqual(await outcomeOf(await issue(LATER), [authority.certificate]), [true, 'GOOD']);
  const over = await issue(new Date(clock.now() - 1000));
  assert.deepEqual(await outcomeOf(over, [authority.certificate]), [false, 'EXPIRED']);
});

test('a certificate made for something else than signing mail does not sign mail', async () => {
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags;
  const signing = await selfSigned(new x509.KeyUsagesExtension(digitalSignature, true));
  const encrypting = await selfSigned(new x509.KeyUsagesExtension(keyEncipherment, true));
  const server = await selfSigned(new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]));
  assert.deepEqual(await outcomeOf(signing, [signing]), [true, 'GOOD']);
  for (const certificate of [encrypting, server])
    assert.deepEqual(await outcomeOf(certificate, [certificate]), [false, 'KEY_UNUSABLE']);
});

test('an extension that is there twice makes a certificate impossible to go by', async () => {
  const one = () => new x509.Extension('1.2.3.4', false, new Uint8Array([5, 0]));
  const once = await selfSigned(one());
  assert.deepEqual(await outcomeOf(once, [once]), [true, 'GOOD']);
  const twice = await selfSigned(one(), one());
  assert.deepEqual(await outcomeOf(twice, [twice]), [false, 'UNSUPPORTED']);
});

test('nothing is encrypted to a certificate that is over, or not made for it', async () => {
  const over = await issue(new Date(clock.now() - 1000));
  const signing = await selfSigned(new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true));
  const encryptTo = (...certificates: string[]) =>
    crypto.encryptSmime({ content: 'x', certificates, form: 'PEM' });
  await assert.rejects(encryptTo(await issue(LATER), over), {
    code: 'INVALID_INPUT',
    path: ['certificates', '1'],
    message: 'certificates.1 cannot be encrypted to: it is out of its time.',
  });
  await assert.rejects(encryptTo(signing), {
    message: 'certificates.0 cannot be encrypted to: its key usage lacks keyEncipherment.',
  });
});

test('a private key beside a certificate is refused', async () => {
  const both = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() + (await issue(LATER));
  const refused = { code: 'INVALID_INPUT', message: /holds a private key: keep it to yourself/ };
  await assert.rejects(crypto.inspectCertificate(both), { ...refused, path: ['certificate'] });
  const trusted = crypto.verifySmime({ message: 'x', trusted: [both] });
  await assert.rejects(trusted, { ...refused, path: ['trusted', '0'] });
  const recipient = crypto.encryptSmime({ content: 'x', certificates: [both], form: 'PEM' });
  await assert.rejects(recipient, { ...refused, path: ['certificates', '0'] });
});

test('a certificate that is given twice reads it once', async () => {
  const certificate = await issue(LATER);
  const sizeFor = async (...certificates: string[]) =>
    (await crypto.encryptSmime({ content: 'x', certificates, form: 'DER' })).length;
  assert.equal(await sizeFor(certificate, certificate, `\n${certificate}`), await sizeFor(certificate));
  assert.notEqual(await sizeFor(certificate, await issue(LATER)), await sizeFor(certificate));
});

test('what is no certificate or no signature is refused with the field', async () => {
  const certificate = await issue(LATER);
  const invalid = (path: string) => ({ code: 'INVALID_INPUT', path: [path] });
  await assert.rejects(crypto.inspectCertificate('hello'), invalid('certificate'));
  await assert.rejects(crypto.inspectCertificate(new Uint8Array([0x30, 1, 2])), invalid('certificate'));
  await assert.rejects(crypto.inspectCertificate(`${certificate}\n${authority.certificate}`), {
    message: 'certificate must be a single certificate.',
  });
  const chain = [certificate, `${certificate}\n${authority.certificate}`];
  await assert.rejects(crypto.encryptSmime({ content: 'x', certificates: chain, form: 'PEM' }), {
    path: ['certificates', '1'],
    message: 'certificates.1 must be a single certificate.',
  });
  await assert.rejects(crypto.verifySmime({ message: 'hello', trusted: [] }), invalid('message'));
  const signature = 'hello';
  await assert.rejects(
    crypto.verifySmime({ message: 'hello', signature, trusted: [] }),
    invalid('signature'),
  );
  const enveloped = await crypto.encryptSmime({ content: 'x', certificates: [certificate], form: 'DER' });
  await assert.rejects(crypto.verifySmime({ message: enveloped, trusted: [] }), invalid('message'));
});

test('the attributes somebody signed do not pass for a content that was signed', async () => {
  const certificate = await issue(LATER);
  const der = await signDetached(Buffer.from('Zwölf'), certificate, privateKey, SIGNED);
  const signed = new SignedData({ schema: ContentInfo.fromBER(new Uint8Array(der)).content });
  const [signer] = signed.signerInfos;
  assert(signer?.signedAttrs);
  const message = Buffer.from(signer.signedAttrs.encodedValue);
  delete signer.signedAttrs;
  const info = new ContentInfo({ contentType: id_ContentType_SignedData, content: signed.toSchema(true) });
  const { isVerified, signatures } = await crypto.verifySmime({
    message,
    signature: new Uint8Array(info.toSchema().toBER()),
    trusted: [authority.certificate],
  });
  assert.deepEqual([isVerified, signatures[0]?.outcome], [false, 'BAD']);
});
