import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { GnuPg } from '../../support/gnupg.js';
import { mailOf, TEXT } from '../../support/mail-attacks.js';
import { ManualClock } from '../../support/manual-clock.js';
import { OpenSsl } from '../../support/openssl.js';

// Binding of identities: whether a signature is of whom the mail says it is from.

// An hour from now: GnuPG dates what follows on another within a second into the next one.
const clock = new ManualClock(Date.now() + 3_600_000);
const crypto = createLocalCrypto({ clock, budgetMs: 120_000 });
after(() => crypto.close());

const [ANTON, MALLORY] = ['anton@example.com', 'mallory@example.org'];

/** What the From field of a mail that anton signed says, the address in it, and whether it is his. */
const FIELDS: Readonly<
  Record<string, readonly [header: string, sender: string | null, isBySender: boolean | null]>
> = {
  'the address alone': [`From: ${ANTON}`, ANTON, true],
  'a name and the address': [`From: Anton Berg <${ANTON}>`, ANTON, true],
  'a name with a dot': [`From: Anton B. Berg <${ANTON}>`, ANTON, true],
  'a quoted name with a comma': [`From: "Berg, Anton \\"T\\"" <${ANTON}>`, ANTON, true],
  'a name in an encoded word': [`From: =?utf-8?q?Zw=C3=B6lf?= <${ANTON}>`, ANTON, true],
  'a comment': [`From: (of <x@y.z> \\) (all)) ${ANTON} (him)`, ANTON, true],
  'another spelling of the address': ['From: Anton@EXAMPLE.com', ANTON, true],
  'a field on two lines': [`From: "Anton"\r\n <${ANTON}>`, ANTON, true],
  'another spelling of the field': [`FROM: ${ANTON}`, ANTON, true],
  'somebody else': [`From: ${MALLORY}`, MALLORY, false],
  'somebody else, with the address for a name': [`From: "${ANTON}" <${MALLORY}>`, MALLORY, false],
  'somebody else, with the address in a comment': [`From: ${MALLORY} (${ANTON})`, MALLORY, false],
  'somebody else, with the address in an encoded word': [
    `From: =?utf-8?q?anton=40example.com?= <${MALLORY}>`,
    MALLORY,
    false,
  ],
  'the address for a name, not quoted': [`From: ${ANTON} <${MALLORY}>`, null, false],
  'two addresses': [`From: ${ANTON}, ${MALLORY}`, null, false],
  'two addresses in angle brackets': [`From: <${ANTON}> <${MALLORY}>`, null, false],
  'two fields': [`From: ${ANTON}\r\nFrom: ${MALLORY}`, null, false],
  'the same field twice': [`From: ${ANTON}\r\nfrom: ${ANTON}`, null, false],
  'a group': [`From: All: ${ANTON};`, null, false],
  'something behind the address': [`From: <${ANTON}> Mallory`, null, false],
  'a NUL byte behind the address': [`From: ${ANTON}\0.example.org`, null, false],
  'a quotation that does not end': [`From: "Anton <${ANTON}>`, null, false],
  'a comment that does not end': [`From: ${ANTON} (Anton`, null, false],
  'brackets that do not end': [`From: <${ANTON}`, null, false],
  'letters that look the same': ['From: \u0430nton@example.com', '\u0430nton@example.com', false],
  'bytes that are no text': [`From: \u00ff${ANTON}`, null, false],
  nothing: ['From:', null, false],
  'no field': ['Subject: x', null, null],
  'another field alone': [`Sender: ${ANTON}`, null, null],
};

const openssl = await OpenSsl.open({ after });
const { certificate } = await openssl.newAuthority('root');
await openssl.newMailIdentity('anton', { algorithm: 'ec', email: 'Anton@example.com', issuer: 'root' });
const cms = (...args: string[]) =>
  openssl.run(['cms', '-sign', '-signer', 'anton.pem', '-inkey', 'anton.key', '-binary', ...args], TEXT);
const detached = await cms('-outform', 'DER');
const opaque = await cms('-nodetach', '-outform', 'DER');
const gpg = await GnuPg.open({ after });
await gpg.newKey('Anton <Anton@example.com>', 'ed25519');
const keys = [await gpg.publicKey(ANTON)];
const armored = (await gpg.run(['--detach-sign', '--armor'], TEXT)).toString();
const clear = (await gpg.run(['--clear-sign'], 'Pay 12 euros.\n')).toString();

const ENCODED = 'Content-Transfer-Encoding: base64\r\n';
// Two bytes of one letter are two characters here, and the bytes that are no text stay as they are.
const bytesOf = (text: string) =>
  new Uint8Array(/[\u0100-\uffff]/.test(text) ? Buffer.from(text, 'utf8') : Buffer.from(text, 'latin1'));

const smime = async (message: string | Uint8Array, signature?: Uint8Array) => {
  const given = typeof message === 'string' ? bytesOf(message) : Uint8Array.from(message);
  const beside = signature && { signature: Uint8Array.from(signature) };
  const report = await crypto.verifySmime({ message: given, ...beside, trusted: [certificate] });
  return toldOf(report);
};
const pgp = async (message: string, signature?: string, known = keys) =>
  toldOf(await crypto.verifyPgp({ message: bytesOf(message), ...(signature && { signature }), keys: known }));

function toldOf(report: Awaited<ReturnType<typeof crypto.verifyPgp | typeof crypto.verifySmime>>) {
  const [signature] = report.signatures;
  return [signature?.outcome, report.sender, signature?.isBySender];
}

const smimeMail = (header: string) =>
  mailOf(
    'application/pkcs7-signature',
    {
      signatureHeader: `Content-Type: application/pkcs7-signature\r\n${ENCODED}`,
      signature: detached.toString('base64'),
    },
    { header },
  );
const pgpMail = (header: string) =>
  mailOf(
    'application/pgp-signature',
    { signatureHeader: 'Content-Type: application/pgp-signature\r\n', signature: armored },
    { header },
  );

describe('whether a signature is of whom a mail says it is from', () => {
  for (const [name, [field, sender, isBySender]] of Object.entries(FIELDS))
    it(`${name}: ${isBySender === null ? 'not said' : isBySender ? 'it is' : 'it is not'}`, async () => {
      const header = `${field}\r\n`;
      const told = ['GOOD', sender, isBySender];
      assert.deepEqual(await smime(smimeMail(header)), told, 'S/MIME');
      assert.deepEqual(await pgp(pgpMail(header)), told, 'PGP/MIME');
      const type = 'Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n';
      const inOne = `${header}${type}${ENCODED}\r\n${opaque.toString('base64')}`;
      assert.deepEqual(await smime(inOne), told, 'S/MIME in one');
      const inText = `${header}Content-Type: text/plain\r\n\r\n${clear}`;
      assert.deepEqual(await pgp(inText), told, 'readable text');
    });

  it('what is no mail is of nobody', async () => {
    const told = ['GOOD', null, null];
    assert.deepEqual(await smime(opaque), told);
    assert.deepEqual(await smime(TEXT, detached), told);
    assert.deepEqual(await pgp(clear), told);
    const from = `From: ${ANTON}\r\n\r\n${TEXT}`;
    const beside = (await gpg.run(['--detach-sign', '--armor'], from)).toString();
    assert.deepEqual(await pgp(from, beside), told, 'content beside its signature');
  });

  it('of a signer who is not known nothing is said', async () => {
    assert.deepEqual(await pgp(pgpMail(`From: ${ANTON}\r\n`), undefined, []), ['KEY_MISSING', ANTON, null]);
  });

  it('an address for a name is none: in a certificate, or in a user id', async () => {
    await openssl.newMailIdentity(ANTON, { algorithm: 'ec', email: MALLORY, issuer: 'root' });
    const by = ['-signer', `${ANTON}.pem`, '-inkey', `${ANTON}.key`, '-binary', '-outform', 'DER'];
    const signature = (await openssl.run(['cms', '-sign', ...by], TEXT)).toString('base64');
    const mail = smimeMail(`From: ${ANTON}\r\n`).replace(detached.toString('base64'), signature);
    assert.deepEqual(await smime(mail), ['GOOD', ANTON, false]);
    const other = await GnuPg.open({ after });
    const userId = `${ANTON} <${MALLORY}>`;
    await other.run(['--allow-freeform-uid', '--quick-generate-key', userId, 'ed25519', 'sign', '1y']);
    const beside = (await other.run(['--detach-sign', '--armor'], TEXT)).toString();
    const inPgp = pgpMail(`From: ${ANTON}\r\n`).replace(armored, beside);
    assert.deepEqual(await pgp(inPgp, undefined, [await other.publicKey(MALLORY)]), ['GOOD', ANTON, false]);
  });

  it('a user id that another key put on itself is told as that of the signer, and one taken back is not', async () => {
    const other = await GnuPg.open({ after });
    await other.newKey(`Mallory <${MALLORY}>`, 'ed25519');
    await other.run(['--quick-add-uid', MALLORY, `Anton <${ANTON}>`]);
    const header = `From: ${ANTON}\r\n`;
    const signature = (await other.run(['--detach-sign', '--armor'], TEXT)).toString();
    const mail = pgpMail(header).replace(armored, signature);
    assert.deepEqual(await pgp(mail, undefined, [await other.publicKey(MALLORY)]), ['GOOD', ANTON, true]);
    await other.run(['--quick-revoke-uid', MALLORY, `Anton <${ANTON}>`]);
    assert.deepEqual(await pgp(mail, undefined, [await other.publicKey(MALLORY)]), ['GOOD', ANTON, false]);
  });
});
