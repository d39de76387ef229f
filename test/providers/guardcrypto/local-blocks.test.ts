import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { GnuPg } from '../../support/gnupg.js';
import { OpenSsl } from '../../support/openssl.js';

// PEM (RFC 7468) and armor: whatever stands in a block that is not of it makes it none, and a block that does not end is
// told, so that nobody is passed over.

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const TEXT = 'Pay 12 euros.';
const MORE = 'Now pay 9999 to Mallory.';
const openssl = await OpenSsl.open({ after });
const root = await openssl.newAuthority('root');
const anton = await openssl.newMailIdentity('anton', {
  algorithm: 'ec',
  email: 'anton@example.com',
  issuer: 'root',
});
const by = ['-signer', 'anton.pem', '-inkey', 'anton.key', '-binary', '-outform', 'PEM'];
const opaque = (await openssl.run(['cms', '-sign', '-nodetach', ...by], TEXT)).toString();
const detached = (await openssl.run(['cms', '-sign', ...by], TEXT)).toString();
const gpg = await GnuPg.open({ after });
await gpg.newKey('<anton@example.com>', 'ed25519');
const key = await gpg.publicKey('anton@example.com');
const pgpOpaque = (await gpg.run(['--sign', '--armor'], TEXT)).toString();
const pgpDetached = (await gpg.run(['--detach-sign', '--armor'], TEXT)).toString();

const END = /\n-----END .*/;
const FIRST = /(-----BEGIN .*\n(?:\n)?)/;
/** Damage to a block; what stands in it is no longer what its marks say. */
const DAMAGED: Readonly<Record<string, (block: string) => string>> = {
  'text within it': (block) => block.replace(FIRST, `$1${MORE}\n`),
  'text before its end': (block) => block.replace(END, `\n${MORE}$&`),
  'text on the line of its beginning': (block) => block.replace(/-----\n/, `----- ${MORE}\n`),
  'text on the line of its end': (block) => block.replace(END, `${MORE}$&`),
  'its beginning twice': (block) => block.replace(FIRST, '$1$1'),
  'its end missing': (block) => block.replace(END, '\n'),
  'its end cut off': (block) => block.replace(END, '\n-----END'),
  'the end of another': (block) => block.replace(/-----END .*/, '-----END SOMETHING-----'),
  'its end before its beginning': (block) =>
    `${/-----END .*/.exec(block)?.[0] ?? ''}\n${block.replace(END, '\n')}`,
  'a field as of old': (block) =>
    block.replace(/-----\n\n?/, `-----\nProc-Type: 4,ENCRYPTED ${MORE}!\nx\n\n`),
  'a blank of another kind': (block) => block.replace(END, '\u00a0$&'),
  'a form feed': (block) => block.replace(END, '\f$&'),
  'a dash': (block) => block.replace(END, '-$&'),
  'Base64 of another alphabet': (block) => block.replace(END, '_-_-$&'),
  'what fills it up, twice': (block) => block.replace(END, '====$&'),
};

/** Dress that changes nothing. */
const DRESSED: Readonly<Record<string, (block: string) => string>> = {
  'line ends of mail': (block) => block.replaceAll('\n', '\r\n'),
  'blanks at the ends of lines': (block) => block.replaceAll('\n', ' \t\n'),
  'empty lines around it': (block) => `\n \n${block}\n\n`,
};

const verifySmime = (message: string, signature?: string) =>
  crypto.verifySmime({ message, ...(signature && { signature }), trusted: [root.certificate] });
const verifyPgp = (message: string, signature?: string) =>
  crypto.verifyPgp({ message, ...(signature && { signature }), keys: [key] });

/** Who is given a block, whether it is text of OpenPGP, and what comes of it when it is good. */
const DOORS: Readonly<
  Record<string, readonly [block: string, open: (block: string) => Promise<unknown>, good: unknown]>
> = {
  'a certificate that is looked into': [
    anton.certificate,
    async (pem) => (await crypto.inspectCertificate(pem)).emails,
    ['anton@example.com'],
  ],
  'a certificate that is trusted': [
    root.certificate,
    async (pem) => (await crypto.verifySmime({ message: opaque, trusted: [pem] })).isVerified,
    true,
  ],
  'a certificate that is encrypted to': [
    anton.certificate,
    async (pem) =>
      (await crypto.encryptSmime({ content: TEXT, certificates: [pem], form: 'DER' })).length > 0,
    true,
  ],
  'a message': [opaque, async (pem) => (await verifySmime(pem)).isWhole, true],
  'a signature': [detached, async (pem) => (await verifySmime(TEXT, pem)).isWhole, true],
  'an OpenPGP key that is looked into': [
    key,
    async (armor) => (await crypto.inspectPgpKey(armor)).userIds.length,
    1,
  ],
  'an OpenPGP key that is encrypted to': [
    key,
    async (armor) => (await crypto.encryptPgp({ content: TEXT, keys: [armor], form: 'BINARY' })).length > 0,
    true,
  ],
  'an OpenPGP message': [pgpOpaque, async (armor) => (await verifyPgp(armor)).isWhole, true],
  'an OpenPGP signature': [pgpDetached, async (armor) => (await verifyPgp(TEXT, armor)).isWhole, true],
};

for (const [door, [block, open, good]] of Object.entries(DOORS))
  describe(`${door}, as a block of text`, () => {
    for (const [name, dress] of Object.entries(DRESSED))
      it(`with ${name}: as it is`, async () => {
        assert.deepEqual(await open(dress(block)), good);
      });

    for (const [name, damage] of Object.entries(DAMAGED))
      it(`with ${name}: refused`, async () => {
        const damaged = damage(block);
        assert.notEqual(damaged, block);
        await assert.rejects(open(damaged), { code: 'INVALID_INPUT' });
      });
  });

describe('several blocks', () => {
  const cut = root.certificate.replace(END, '\n');

  it('text between certificates is passed over, as whoever lists them writes some', async () => {
    const both = `subject=CN = root\n${root.certificate}Bag Attributes\n  x: y\n${anton.certificate}`;
    const { isVerified } = await crypto.verifySmime({ message: opaque, trusted: [both] });
    assert.equal(isVerified, true);
  });

  it('one that does not end is not passed over, wherever it stands', async () => {
    for (const both of [anton.certificate + cut, cut + anton.certificate]) {
      const refused = { code: 'INVALID_INPUT', path: ['certificates', '0'] };
      const encrypted = crypto.encryptSmime({ content: TEXT, certificates: [both], form: 'DER' });
      await assert.rejects(encrypted, refused);
      const trusted = crypto.verifySmime({ message: opaque, trusted: [root.certificate, both] });
      await assert.rejects(trusted, { code: 'INVALID_INPUT', path: ['trusted', '1'] });
    }
    const keys = [key + key.replace(END, '\n')];
    await assert.rejects(crypto.encryptPgp({ content: TEXT, keys, form: 'BINARY' }), { path: ['keys', '0'] });
  });

  it('bytes behind a certificate, within its block, make it none', async () => {
    const der = Buffer.from(root.certificate.replace(/-----.*/g, ''), 'base64');
    const longer = Buffer.concat([der, Buffer.from(MORE)]);
    for (const given of [new Uint8Array(longer), pem(longer)])
      await assert.rejects(crypto.inspectCertificate(given), { code: 'INVALID_INPUT' });
    assert.equal((await crypto.inspectCertificate(pem(der))).subject, 'CN=root');
  });

  it('text around a message is told, and around a signature', async () => {
    const around = (block: string) => `${MORE}\n${block}`;
    const told = async (report: Promise<{ isVerified: boolean; isWhole: boolean }>) => {
      const { isVerified, isWhole } = await report;
      return [isVerified, isWhole];
    };
    assert.deepEqual(await told(verifySmime(around(opaque))), [false, false]);
    assert.deepEqual(await told(verifySmime(TEXT, around(detached))), [true, false]);
    assert.deepEqual(await told(verifyPgp(around(pgpOpaque))), [false, false]);
    assert.deepEqual(await told(verifyPgp(TEXT, around(pgpDetached))), [true, false]);
  });
});

function pem(der: Uint8Array): string {
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
}
