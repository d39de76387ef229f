import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { after, describe, it, type TestContext } from 'node:test';
import { createLocalCrypto, type SignatureReport } from '../../../src/providers/guardcrypto/local/index.js';
import { OpenSsl } from '../../support/openssl.js';

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const EMAIL = 'anton@example.com';
const INNER = 'Content-Type: text/plain; charset=utf-8\r\n\r\nZwölf Euro for ACME.\r\n';
const MAIL = `From: a@example.com\r\nTo: ${EMAIL}\r\nSubject: Payment\r\n${INNER}`;

async function withIdentity(t: TestContext, algorithm: 'rsa' | 'ec') {
  const openssl = await OpenSsl.open(t);
  const root = await openssl.newAuthority('root');
  const middle = await openssl.newAuthority('middle', 'root');
  const anton = await openssl.newMailIdentity('anton', { algorithm, email: EMAIL, issuer: 'middle' });
  await openssl.write('inner', INNER);
  const sign = (...args: string[]) =>
    openssl.run([
      ...['cms', '-sign', '-in', 'inner', '-signer', 'anton.pem', '-inkey', 'anton.key'],
      ...['-certfile', 'middle.pem', '-binary', ...args],
    ]);
  return { openssl, root, middle, anton, sign };
}

const outcomes = (report: SignatureReport<{ readonly outcome: string }>) =>
  report.signatures.map(({ outcome }) => outcome);

for (const algorithm of ['rsa', 'ec'] as const) {
  describe(`local cryptography and OpenSSL with ${algorithm} certificates`, () => {
    it('say the same of a certificate OpenSSL made', async (t) => {
      const { openssl, anton, root } = await withIdentity(t, algorithm);
      const facts = await crypto.inspectCertificate(anton.certificate);
      const der = await openssl.run(['x509', '-in', 'anton.pem', '-outform', 'DER']);
      assert.deepEqual(await crypto.inspectCertificate(der), facts);
      const known = new X509Certificate(anton.certificate);
      assert.deepEqual(facts, {
        subject: 'CN=anton, E=anton@example.com',
        issuer: 'CN=middle',
        emails: [EMAIL],
        serial: BigInt(`0x${known.serialNumber}`).toString(),
        fingerprint: createHash('sha256').update(der).digest('hex'),
        notBefore: Date.parse(known.validFrom),
        notAfter: Date.parse(known.validTo),
        isExpired: false,
        algorithm,
        bits: algorithm === 'rsa' ? 2048 : null,
        curve: algorithm === 'rsa' ? null : 'prime256v1',
        keyUsage: ['digitalSignature', algorithm === 'rsa' ? 'keyEncipherment' : 'keyAgreement'],
        extendedKeyUsage: ['emailProtection'],
        isCertificateAuthority: false,
        isSelfIssued: false,
        obstacle: null,
      });
      const authority = await crypto.inspectCertificate(root.certificate);
      assert.deepEqual([authority.isCertificateAuthority, authority.isSelfIssued], [true, true]);
    });

    it('let us verify what OpenSSL signed, in every form it has', async (t) => {
      const { root, sign } = await withIdentity(t, algorithm);
      const trusted = [root.certificate];
      const messages = [
        ['MIME', { message: await sign() }],
        ['OPAQUE', { message: await sign('-nodetach') }],
        ['OPAQUE', { message: await sign('-nodetach', '-outform', 'DER') }],
        ['OPAQUE', { message: await sign('-nodetach', '-outform', 'PEM') }],
        ['DETACHED', { message: INNER, signature: await sign('-outform', 'DER') }],
        ['DETACHED', { message: INNER, signature: await sign('-outform', 'PEM', '-md', 'sha512') }],
      ] as const;
      for (const [form, input] of messages) {
        const report = await crypto.verifySmime({ ...input, trusted });
        assert.deepEqual([report.form, report.isVerified, outcomes(report)], [form, true, ['GOOD']]);
        assert.equal(Buffer.from(report.content).toString(), INNER);
        assert.deepEqual(report.signatures[0]?.certificate?.emails, [EMAIL]);
        assert.ok(Math.abs((report.signatures[0]?.signedAt ?? 0) - Date.now()) < 600_000);
      }
    });

    it('refuse what was changed, what nobody vouches for, and what brings no certificate', async (t) => {
      const { root, middle, anton, sign } = await withIdentity(t, algorithm);
      const mail = (await sign()).toString('latin1');
      const check = async (message: string | Uint8Array, ...trusted: string[]) =>
        outcomes(await crypto.verifySmime({ message, trusted }));
      const changed = mail.replace('Euro', 'Mark');
      assert.deepEqual(await check(Buffer.from(changed, 'latin1'), root.certificate), ['BAD']);
      const signed = Buffer.from(mail, 'latin1');
      assert.deepEqual(await check(signed), ['NOT_TRUSTED']);
      assert.deepEqual(
        await check(signed, middle.certificate),
        ['GOOD'],
        'an intermediate authority is trusted',
      );
      assert.deepEqual(await check(signed, anton.certificate), ['GOOD'], 'the signer itself is trusted');
      const { openssl } = await withIdentity(t, algorithm);
      const other = await openssl.newAuthority('root2');
      assert.deepEqual(await check(signed, other.certificate), ['NOT_TRUSTED']);
      assert.deepEqual(await check(await sign('-nocerts'), root.certificate), ['KEY_MISSING']);
      assert.deepEqual(await check(await sign('-md', 'sha1'), root.certificate), ['WEAK']);
    });

    it('refuse an authority that may not be one', async (t) => {
      const { openssl, root, anton } = await withIdentity(t, algorithm);
      await openssl.newMailIdentity('mallory', { algorithm, email: EMAIL, issuer: 'anton' });
      await openssl.write('chain.pem', anton.certificate + (await openssl.read('middle.pem')).toString());
      const message = await openssl.run([
        ...['cms', '-sign', '-in', 'inner', '-signer', 'mallory.pem', '-inkey', 'mallory.key'],
        ...['-certfile', 'chain.pem', '-binary'],
      ]);
      const report = await crypto.verifySmime({ message, trusted: [root.certificate] });
      assert.deepEqual(outcomes(report), ['NOT_TRUSTED']);
    });

    it('let OpenSSL read what we encrypted, as PEM, as DER and as a mail', async (t) => {
      const { openssl, anton } = await withIdentity(t, algorithm);
      const decrypt = (form: string, message: Uint8Array) =>
        openssl.run(
          ['cms', '-decrypt', '-inform', form, '-recip', 'anton.pem', '-inkey', 'anton.key', '-binary'],
          message,
        );
      const { emails } = await crypto.inspectCertificate(anton.certificate);
      assert.deepEqual(emails, [EMAIL]);
      const certificates = [anton.certificate];
      for (const form of ['PEM', 'DER'] as const) {
        const message = await crypto.encryptSmime({ content: 'Zwölf', certificates, form });
        assert.equal((await decrypt(form, message)).toString(), 'Zwölf');
      }
      const mail = await crypto.encryptSmime({ content: MAIL, certificates, form: 'MAIL' });
      assert.match(
        Buffer.from(mail).toString(),
        /^From: a@example\.com\r\nTo: .+\r\nSubject: Payment\r\nMIME-Version/,
      );
      assert.equal((await decrypt('SMIME', mail)).toString(), INNER);
    });
  });
}

describe('what is encrypted to several recipients at once', () => {
  for (const cipher of ['AES_256_CBC', 'AES_256_GCM'] as const)
    for (const keyTransport of ['PKCS1_V1_5', 'OAEP'] as const)
      it(`${cipher} with ${keyTransport} is read by each in OpenSSL`, async (t) => {
        const openssl = await OpenSsl.open(t);
        await openssl.newAuthority('root');
        const certificates: string[] = [];
        for (const algorithm of ['rsa', 'ec'] as const) {
          const options = { algorithm, email: `${algorithm}@example.com`, issuer: 'root' };
          certificates.push((await openssl.newMailIdentity(algorithm, options)).certificate);
        }
        for (const content of ['Z', 'Zwölf Euro', 'Zwölf Euro'.repeat(100_000)]) {
          const options = { certificates, form: 'DER', cipher, keyTransport } as const;
          const message = await crypto.encryptSmime({ content, ...options });
          const decrypt = (name: string, given: Uint8Array) =>
            openssl.run(
              [
                'cms',
                '-decrypt',
                '-inform',
                'DER',
                '-recip',
                `${name}.pem`,
                '-inkey',
                `${name}.key`,
                '-binary',
              ],
              given,
            );
          for (const name of ['rsa', 'ec'])
            assert.equal((await decrypt(name, message)).toString(), content, name);
          if (cipher !== 'AES_256_GCM') continue;
          const changed = message.map((octet, index) => (index === message.length - 1 ? octet ^ 1 : octet));
          await assert.rejects(decrypt('rsa', changed));
        }
      });
});

it('a message of many MiB that holds its content is verified, in one piece, as a stream, or line by line', async (t) => {
  const openssl = await OpenSsl.open(t);
  const { certificate } = await openssl.newAuthority('root');
  await openssl.newMailIdentity('anton', { algorithm: 'ec', email: EMAIL, issuer: 'root' });
  const patient = createLocalCrypto({ budgetMs: 120_000, threads: 1 });
  t.after(() => patient.close());
  const whole = 'Zwölf Euro. '.repeat(1_400_000);
  const lines = 'Zwölf Euro.\r\n'.repeat(300_000);
  const WAYS = [
    [whole, '-binary', '-noindef', '-outform', 'DER'],
    [whole, '-binary', '-stream', '-outform', 'DER'],
    [lines, '-stream', '-indef', '-outform', 'DER'],
    [lines, '-stream', '-indef', '-outform', 'SMIME'],
    [lines, '-stream', '-indef', '-outform', 'PEM'],
  ] as const;
  for (const [text, ...way] of WAYS) {
    const by = ['-signer', 'anton.pem', '-inkey', 'anton.key', '-nodetach'];
    const message = await openssl.run(['cms', '-sign', ...by, ...way], text);
    const report = await patient.verifySmime({ message: new Uint8Array(message), trusted: [certificate] });
    assert.deepEqual([report.isVerified, report.isWhole], [true, true], way.join(' '));
    assert.equal(Buffer.from(report.content).toString(), text);
  }
});

it('a mail of many MiB of short lines is verified where its signature stands beside it', async (t) => {
  const openssl = await OpenSsl.open(t);
  const { certificate } = await openssl.newAuthority('root');
  await openssl.newMailIdentity('anton', { algorithm: 'ec', email: EMAIL, issuer: 'root' });
  const patient = createLocalCrypto({ budgetMs: 120_000, threads: 1 });
  t.after(() => patient.close());
  const by = ['-signer', 'anton.pem', '-inkey', 'anton.key'];
  const mail = await openssl.run(['cms', '-sign', ...by], 'a\n'.repeat(3_000_000));
  const { form, isVerified } = await patient.verifySmime({
    message: new Uint8Array(mail),
    trusted: [certificate],
  });
  assert.deepEqual([form, isVerified], ['MIME', true]);
});
