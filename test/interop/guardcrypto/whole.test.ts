import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { GnuPg } from '../../support/gnupg.js';
import { armorAttacks, mailOf, MORE, TEXT, type AttackedParts } from '../../support/mail-attacks.js';
import { OpenSsl } from '../../support/openssl.js';

// What no reader shows is told, and leaves a signature as good as it is: OpenSSL itself writes some.

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

interface Told {
  readonly isVerified: boolean;
  readonly isWhole: boolean;
  readonly content: Uint8Array;
}

function assertTold({ isVerified, isWhole, content }: Told, whole: boolean, shown = TEXT): void {
  assert.deepEqual([isVerified, isWhole, Buffer.from(content).toString()], [true, whole, shown]);
}

/** Around the parts of a mail, whatever signs it. */
const AROUND: Readonly<Record<string, readonly [parts: AttackedParts, isWhole: boolean]>> = {
  nothing: [{}, true],
  'empty lines': [{ preamble: '\r\n \r\n', end: '\r\n--part--\r\n\r\n\t\r\n' }, true],
  'a preamble': [{ preamble: 'This is a signed message in MIME format.\r\n' }, false],
  'an epilogue': [{ end: '\r\n--part--\r\nPay 9999 euros.\r\n' }, false],
  'an epilogue on the line of the end': [{ end: `\r\n--part-- \r\n\r\n${MORE}` }, false],
};

describe('what an S/MIME message carries beside what is signed', async () => {
  const openssl = await OpenSsl.open({ after });
  const { certificate } = await openssl.newAuthority('root');
  await openssl.newMailIdentity('anton', { algorithm: 'ec', email: 'anton@example.com', issuer: 'root' });
  const sign = (args: readonly string[], text = TEXT) =>
    openssl.run(['cms', '-sign', '-signer', 'anton.pem', '-inkey', 'anton.key', '-binary', ...args], text);
  const detached = await sign(['-outform', 'DER']);
  const opaque = await sign(['-nodetach', '-outform', 'DER']);
  const verify = (message: string | Uint8Array, signature?: string | Uint8Array) =>
    crypto.verifySmime({
      message: typeof message === 'string' ? message : Uint8Array.from(message),
      ...(signature === undefined ? {} : { signature }),
      trusted: [certificate],
    });
  const encoding = 'Content-Transfer-Encoding: base64\r\n';
  const lines = (bytes: Buffer) => bytes.toString('base64').replace(/.{64}/g, '$&\r\n');
  const signedMail = (parts: AttackedParts, signature = detached) =>
    mailOf(
      'application/pkcs7-signature',
      {
        signature: lines(signature),
        signatureHeader: `Content-Type: application/pkcs7-signature\r\n${encoding}`,
      },
      parts,
    );

  for (const [name, [parts, isWhole]] of Object.entries(AROUND))
    it(`${name} around its parts: ${isWhole ? 'whole' : 'not whole'}, and good`, async () => {
      assertTold(await verify(signedMail(parts)), isWhole);
    });

  it('a mail as OpenSSL writes it is good, and not whole for its preamble', async () => {
    const mail = await openssl.run(
      ['smime', '-sign', '-signer', 'anton.pem', '-inkey', 'anton.key'],
      'Pay 12 euros.\n',
    );
    assertTold(await verify(mail), false, 'Pay 12 euros.\r\n');
  });

  for (const [what, behind, isWhole] of [
    ['nothing', '', true],
    ['a line end', '\r\n', true],
    ['text', 'Pay 9999 euros.', false],
    ['zeros', '\0\0\0\0', false],
    ['itself once more', opaque, false],
  ] as const)
    it(`${what} behind the bytes of a CMS: ${isWhole ? 'whole' : 'not whole'}, wherever they stand`, async () => {
      const more = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.from(behind)]);
      const head = `From: a@b.c\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\n${encoding}\r\n`;
      const pem = `-----BEGIN CMS-----\n${lines(more(opaque))}\n-----END CMS-----\n`;
      for (const told of [
        verify(more(opaque)),
        verify(head + lines(more(opaque))),
        verify(pem),
        verify(signedMail({}, more(detached))),
        verify(TEXT, more(detached)),
      ])
        assertTold(await told, isWhole);
    });

  it('text around a signature in PEM, given beside its content, is told', async () => {
    const pem = (await sign(['-outform', 'PEM'])).toString();
    assertTold(await verify(TEXT, pem), true);
    assertTold(await verify(TEXT, `Signature of today:\n${pem}`), false);
  });
});

describe('what an OpenPGP message carries beside what is signed', async () => {
  const gpg = await GnuPg.open({ after });
  await gpg.newKey('<anton@example.com>', 'ed25519');
  const keys = [await gpg.publicKey('anton@example.com')];
  const signature = (await gpg.run(['--detach-sign', '--armor'], TEXT)).toString();
  const signatureHeader = 'Content-Type: application/pgp-signature\r\n';
  const verify = (message: string, beside?: string) =>
    crypto.verifyPgp({ message, keys, ...(beside === undefined ? {} : { signature: beside }) });
  const signedMail = (parts: AttackedParts) =>
    mailOf('application/pgp-signature', { signature, signatureHeader }, parts);

  for (const [name, [parts, isWhole]] of Object.entries(AROUND))
    it(`${name} around its parts: ${isWhole ? 'whole' : 'not whole'}, and good`, async () => {
      assertTold(await verify(signedMail(parts)), isWhole);
    });

  it('text around its signature is told, in a mail and beside its content', async () => {
    for (const around of [`Pay 9999 euros.\n${signature}`, `${signature}\nPay 9999 euros.\n`]) {
      assertTold(await verify(signedMail({ signature: around })), false);
      assertTold(await verify(TEXT, around), false);
    }
    for (const around of [`\n${signature}`, signature + signature])
      assertTold(await verify(TEXT, around), true);
  });

  const pay = 'Now pay 9999 to Mallory.';
  const begin = '-----BEGIN PGP SIGNATURE-----\n';
  const clear = (await gpg.run(['--clear-sign'], TEXT)).toString();
  const clearAttacks = armorAttacks(clear);
  for (const [where, text] of Object.entries(armorAttacks(signature)))
    it(`text within the armor, ${where}, is no signature`, async () => {
      assert.notEqual(text, signature);
      const unsigned = { code: 'INVALID_INPUT' };
      await assert.rejects(verify(TEXT, text), unsigned);
      await assert.rejects(verify(clearAttacks[where] ?? ''), unsigned);
      await assert.rejects(verify(signedMail({ signature: text })), unsigned);
    });

  it('a comment of the armor is told as not covered', async () => {
    assertTold(await verify(TEXT, signature.replace(begin, `${begin}Comment: ${pay}\n`)), false);
  });

  it('a header of readable text that names no hash is no signed text', async () => {
    await assert.rejects(verify(clear.replace(/^Hash: .*$/m, `Hash: SHA512, ${pay.slice(0, 8)}`)), {
      code: 'INVALID_INPUT',
    });
  });

  it('a line of a header that is no field ends the header for some readers, so nothing is signed', async () => {
    const mail = signedMail({});
    await assert.rejects(verify(mail.replace('Content-Type:', `${pay}\r\nContent-Type:`)), {
      code: 'INVALID_INPUT',
    });
  });
});
