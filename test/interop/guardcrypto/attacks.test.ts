import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { fromBER } from 'asn1js';
import { ContentInfo, SignedData } from 'pkijs';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { GnuPg } from '../../support/gnupg.js';
import { MORE, mailOf, readableAttacks, STRUCTURE, TEXT, type Attacks } from '../../support/mail-attacks.js';
import { OpenSsl } from '../../support/openssl.js';

// Mails that are to pass for signed ones: what OpenSSL or GnuPG refuses is never good here, and what is good here shows
// what they show. Some of it is only odd, and good to both.

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const showsWhatWasSigned = (content: Uint8Array) => assert.equal(Buffer.from(content).toString(), TEXT);

describe('attacks on S/MIME mails', async () => {
  const openssl = await OpenSsl.open({ after });
  const { certificate } = await openssl.newAuthority('root');
  await openssl.newMailIdentity('anton', { algorithm: 'ec', email: 'anton@example.com', issuer: 'root' });
  const by = ['-signer', 'anton.pem', '-inkey', 'anton.key', '-binary'];
  const der = await openssl.run(['cms', '-sign', ...by, '-outform', 'DER'], TEXT);
  const pem = (await openssl.run(['cms', '-sign', ...by, '-outform', 'PEM'], TEXT)).toString();
  const otherPem = (await openssl.run(['cms', '-sign', ...by, '-outform', 'PEM'], MORE)).toString();
  const opaque = await openssl.run(['cms', '-sign', ...by, '-nodetach', '-outform', 'DER'], TEXT);
  const signature = der.toString('base64').replace(/.{64}/g, '$&\r\n');
  const encoding = 'Content-Transfer-Encoding: base64\r\n';
  const signatureHeader = `Content-Type: application/pkcs7-signature\r\n${encoding}`;
  const own: Attacks = {
    'a signature that is said to be a file': [
      { signatureHeader: `Content-Type: application/octet-stream; name=smime.p7s\r\n${encoding}` },
      false,
    ],
    'a signature among something else': [{ signature: `!!!! ${signature}` }, false],
    'a signature with something behind it': [{ signature: `${signature}\r\n\r\n${MORE}` }, false],
  };
  for (const [name, [parts, isGood]] of Object.entries({ ...STRUCTURE, ...own }))
    it(`${name}: ${isGood ? 'good' : 'not good'}`, async () => {
      const base = { signature, signatureHeader };
      const given =
        parts.signatureHeader === undefined || parts.signatureHeader.includes(encoding)
          ? parts
          : { ...parts, signatureHeader: parts.signatureHeader + encoding };
      const mail = Buffer.from(mailOf('application/pkcs7-signature', base, given));
      const theirs = await openssl
        .run(['cms', '-verify', '-CAfile', 'root.pem'], mail)
        .catch(() => undefined);
      const ours = await crypto
        .verifySmime({ message: new Uint8Array(mail), trusted: [certificate] })
        .catch(() => undefined);
      assert.equal(ours?.isVerified ?? false, isGood);
      if (ours?.isVerified !== true) return;
      showsWhatWasSigned(ours.content);
      assert.equal(theirs?.toString(), TEXT, 'OpenSSL');
    });

  it('two signatures beside a content, one of another: not good', async () => {
    for (const both of [pem + otherPem, otherPem + pem]) {
      const verified = crypto.verifySmime({ message: TEXT, signature: both, trusted: [certificate] });
      assert.notEqual((await verified.catch(() => undefined))?.isVerified, true);
    }
  });

  it('a signer who is there twice is told once', async () => {
    const parsed = new ContentInfo({ schema: fromBER(new Uint8Array(opaque)).result });
    const signed = new SignedData({ schema: parsed.content });
    signed.signerInfos.push(...signed.signerInfos);
    const twice = new ContentInfo({ contentType: parsed.contentType, content: signed.toSchema() });
    const message = new Uint8Array(twice.toSchema().toBER());
    const { isVerified, signatures } = await crypto.verifySmime({ message, trusted: [certificate] });
    assert.deepEqual([isVerified, signatures.length], [true, 1]);
  });

  it('text behind a message that holds its content: not good', async () => {
    const head = `From: a@b.c\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\n${encoding}\r\n`;
    const trusted = [certificate];
    const message = head + opaque.toString('base64');
    assert.equal((await crypto.verifySmime({ message, trusted })).isVerified, true);
    const longer = `${message}\r\n\r\n${MORE}`;
    await assert.rejects(crypto.verifySmime({ message: longer, trusted }), { path: ['message'] });
  });

  it('an address with a NUL byte is no other address', async () => {
    const address = Buffer.from('anton@example.com\x00.example.org');
    const name = Buffer.concat([Buffer.from([0x30, address.length + 2, 0x81, address.length]), address]);
    const extension = `subjectAltName=DER:${name.toString('hex')}`;
    await openssl.write(
      'nul.cnf',
      `[req]\ndistinguished_name=dn\nx509_extensions=own\n[dn]\n[own]\n${extension}\n`,
    );
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'nul.key'];
    await openssl.run(['req', '-x509', '-config', 'nul.cnf', ...key, '-subj', '/CN=nul', '-out', 'nul.pem']);
    const { emails } = await crypto.inspectCertificate((await openssl.read('nul.pem')).toString());
    assert.equal(emails.includes('anton@example.com'), false);
  });
});

describe('attacks on OpenPGP mails', async () => {
  const gpg = await GnuPg.open({ after });
  for (const name of ['anton', 'mallory']) await gpg.newKey(`<${name}@example.com>`, 'ed25519');
  const keys = [await gpg.publicKey('anton@example.com'), await gpg.publicKey('mallory@example.com')];
  const sign = async (args: readonly string[], text: string, by = 'anton') =>
    (await gpg.run([...args, '--local-user', `${by}@example.com`], text)).toString();
  const signature = await sign(['--detach-sign', '--armor'], TEXT);
  const ofOther = await sign(['--detach-sign', '--armor'], MORE);
  const byOther = await sign(['--detach-sign', '--armor'], MORE, 'mallory');
  const clear = await sign(['--clear-sign'], 'Pay 12 euros.\n');
  const base = { signature, signatureHeader: 'Content-Type: application/pgp-signature\r\n' };
  const verdict = (message: string | Uint8Array, beside?: string) =>
    crypto
      .verifyPgp({ message, keys, ...(beside === undefined ? {} : { signature: beside }) })
      .catch(() => undefined);

  const own: Attacks = {
    'a second signature, of another text': [{ signature: signature + ofOther }, false],
    'a readable text in place of the signature': [{ signature: clear }, false],
  };
  for (const [name, [parts, isGood]] of Object.entries({ ...STRUCTURE, ...own }))
    it(`${name}: ${isGood ? 'good' : 'not good'}`, async () => {
      const mail = mailOf('application/pgp-signature', base, parts);
      const ours = await verdict(new Uint8Array(Buffer.from(mail)));
      assert.equal(ours?.isVerified ?? false, isGood);
      if (ours?.isVerified === true) showsWhatWasSigned(ours.content);
    });

  for (const [name, beside] of Object.entries({ ofOther, byOther }))
    it(`several signatures beside a content, one ${name}, are all judged, as GnuPG does`, async () => {
      for (const both of [signature + beside, beside + signature]) {
        const ours = await verdict(TEXT, both);
        assert.deepEqual(ours?.signatures.map(({ outcome }) => outcome).sort(), ['BAD', 'GOOD']);
        assert.match(await gpg.verify(both, TEXT), /BADSIG/);
      }
      const twice = await verdict(TEXT, signature + signature);
      assert.deepEqual([twice?.isVerified, twice?.signatures.length], [true, 1], 'each is told once');
    });

  for (const [name, [text, isGood]] of Object.entries(readableAttacks(clear, byOther)))
    it(`a readable text with ${name}: ${isGood ? 'good' : 'not good'}`, async () => {
      const ours = await verdict(text);
      assert.equal(ours?.isVerified ?? false, isGood);
      if (ours?.isVerified !== true) return;
      const { status, stdout } = await gpg.try(['--decrypt'], text);
      assert.deepEqual(
        [status, stdout.toString().trim()],
        [0, Buffer.from(ours.content).toString()],
        'GnuPG',
      );
    });
});
