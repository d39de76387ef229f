import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { OpenSsl } from '../../support/openssl.js';
import { signedMail } from './guard-mail.js';

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const TEXT = 'Content-Type: text/plain\r\n\r\nPay 12 euros.\r\n';
const OTHER = 'Content-Type: text/plain\r\n\r\nPay 9999 euros.\r\n';
const openssl = await OpenSsl.open({ after });
const root = await openssl.newAuthority('root');
await openssl.newMailIdentity('anton', { algorithm: 'rsa', email: 'anton@example.com', issuer: 'root' });
const mallory = await openssl.newMailIdentity('mallory', {
  algorithm: 'ec',
  email: 'mallory@example.com',
  issuer: 'root',
});
await openssl.write('text', TEXT);
const trusted = [root.certificate];

const by = (name: string) => ['-signer', `${name}.pem`, '-inkey', `${name}.key`];
const sign = (...args: string[]) =>
  openssl.run(['cms', '-sign', '-binary', '-in', 'text', ...by('anton'), ...args]);
const opaque = await sign('-nodetach', '-outform', 'DER');
const detached = await sign('-outform', 'DER');

async function verdict(message: string | Uint8Array, signature?: Uint8Array | string, anchors = trusted) {
  const own = typeof message === 'string' ? message : Uint8Array.from(message);
  const report = await crypto.verifySmime({
    message: own,
    signature: typeof signature === 'object' ? Uint8Array.from(signature) : signature,
    trusted: anchors,
  });
  return {
    ...report,
    outcomes: report.signatures.map(({ outcome }) => outcome),
    text: Buffer.from(report.content).toString(),
  };
}

const base64Mail = (inner: string, signature: Uint8Array, type = 'application/pkcs7-signature') =>
  signedMail(type, inner, '').replace(
    `Content-Type: ${type}\r\n\r\n`,
    `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(signature).toString('base64')}`,
  );

// The classes of "Johnny, you are fired!" (USENIX Security 2019) that concern whoever answers with verdicts: what the
// user is shown (its class of interfaces) is up to clients, who are given the checked content and the signer.
describe('an S/MIME signature covers exactly what is shown', () => {
  it('CMS container: a signature that holds the content it is about does not cover another', async () => {
    const inMail = await verdict(base64Mail(OTHER, opaque));
    assert.deepEqual([inMail.isVerified, inMail.outcomes], [false, ['BAD']]);
    const beside = await verdict(OTHER, opaque);
    assert.deepEqual([beside.isVerified, beside.outcomes], [false, ['BAD']]);
    const own = await verdict(base64Mail(TEXT, opaque));
    assert.deepEqual([own.isVerified, own.text], [true, TEXT], 'what it holds is what stands beside it');
  });

  it('CMS container: one that holds another content than it signs is not believed', async () => {
    // The signature is good for the text beside it, and shows something else to whoever opens it alone.
    const of = opaque.indexOf('12 euros');
    const swapped = Buffer.concat([opaque.subarray(0, of), Buffer.from('99 euros'), opaque.subarray(of + 8)]);
    assert.deepEqual((await verdict(TEXT, swapped)).outcomes, ['BAD']);
    assert.deepEqual((await verdict(swapped)).outcomes, ['BAD']);
  });

  it('CMS container: without a signer there is no signature, and with two each has its verdict', async () => {
    const bundle = await openssl.run(['crl2pkcs7', '-nocrl', '-certfile', 'anton.pem', '-outform', 'DER']);
    await assert.rejects(verdict(bundle), { code: 'INVALID_INPUT', path: ['message'] });
    const both = await sign('-nodetach', '-outform', 'DER', ...by('mallory'));
    assert.deepEqual((await verdict(both)).outcomes, ['GOOD', 'GOOD']);
    const { isVerified, outcomes } = await verdict(both, undefined, [mallory.certificate]);
    assert.deepEqual([isVerified, [...outcomes].sort()], [false, ['GOOD', 'NOT_TRUSTED']]);
  });

  it('MIME wrapping: a signed part within a mail, or a third part behind the signature, is not a signed mail', async () => {
    const mail = base64Mail(TEXT, detached);
    const part = mail.slice(mail.indexOf('Content-Type'));
    const mixed = `From: a@b.c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n${OTHER}\r\n--x\r\n${part}\r\n--x--\r\n`;
    await assert.rejects(verdict(mixed), { code: 'INVALID_INPUT', path: ['message'] });
    const third = mail.replace('\r\n--part-1--', `\r\n--part-1\r\n${OTHER}\r\n--part-1--`);
    await assert.rejects(verdict(third), { path: ['message'] });
    const twoTypes = mail.replace('From:', 'Content-Type: text/plain\r\nFrom:');
    await assert.rejects(verdict(twoTypes), { path: ['message'] });
  });

  it('MIME wrapping: header fields outside are not among what is shown, those within are', async () => {
    const inner = `Subject: Payment\r\n${TEXT}`;
    const signature = await openssl.run(
      ['cms', '-sign', '-binary', '-outform', 'DER', ...by('anton')],
      inner,
    );
    const { isVerified, text } = await verdict(
      base64Mail(inner, signature).replace('From:', 'Subject: Other\r\nFrom:'),
    );
    assert.deepEqual([isVerified, text], [true, inner]);
  });

  it('MIME wrapping: a signed mail in a signed mail is shown as it is', async () => {
    const inner = base64Mail(OTHER, opaque).replace(/^From.*\r\n/, '');
    const signature = await openssl.run(
      ['cms', '-sign', '-binary', '-outform', 'DER', ...by('mallory')],
      inner,
    );
    const outer = base64Mail(inner, signature)
      .replaceAll('part-1', 'part-2')
      .replace(inner.replaceAll('part-1', 'part-2'), inner);
    const { isVerified, text, signatures } = await verdict(outer);
    assert.deepEqual([isVerified, text], [true, inner]);
    assert.deepEqual(signatures[0]?.certificate?.emails, ['mallory@example.com'], 'the outer signer alone');
  });

  it('MIME wrapping: text around a PEM message is not covered', async () => {
    const pem = (await sign('-nodetach', '-outform', 'PEM')).toString();
    const { isVerified, isWhole, text } = await verdict(`Pay 9999 euros.\n${pem}`);
    assert.deepEqual([isVerified, isWhole, text], [false, false, TEXT]);
    assert.equal((await verdict(`\n${pem}\n`)).isVerified, true);
  });

  it('binding of identities: the signer is who the certificate says, whoever the mail says it is from', async () => {
    const signature = await openssl.run([
      'cms',
      '-sign',
      '-binary',
      '-in',
      'text',
      '-outform',
      'DER',
      ...by('mallory'),
    ]);
    const mail = base64Mail(TEXT, signature).replace(
      /^From: .*/,
      'From: "anton@example.com" <anton@example.com>',
    );
    assert.deepEqual((await verdict(mail)).signatures[0]?.certificate?.emails, ['mallory@example.com']);
  });
});

describe('what came of an S/MIME signature is told honestly', () => {
  for (const hash of ['sha224', 'sha384', 'sha3-256'])
    it(`${hash} is good`, async () => {
      assert.deepEqual((await verdict(await sign('-nodetach', '-outform', 'DER', '-md', hash))).outcomes, [
        'GOOD',
      ]);
    });

  it('RSA-PSS, and curves that are seldom, are good', async () => {
    const pss = await sign('-nodetach', '-outform', 'DER', '-keyopt', 'rsa_padding_mode:pss');
    assert.deepEqual((await verdict(pss)).outcomes, ['GOOD']);
    for (const curve of ['brainpoolP256r1', 'secp256k1']) {
      const [message, certificate] = await selfSigned(['ec', '-pkeyopt', `ec_paramgen_curve:${curve}`]);
      assert.deepEqual((await verdict(message, undefined, [certificate])).outcomes, ['GOOD'], curve);
    }
  });

  it('SHA-1 and RSA with 1024 bits are weak, and it says which', async () => {
    const sha1 = await verdict(await sign('-nodetach', '-outform', 'DER', '-md', 'sha1'));
    assert.deepEqual(
      [sha1.isVerified, sha1.outcomes, sha1.signatures[0]?.reason],
      [false, ['WEAK'], 'SHA-1'],
    );
    const [message, certificate] = await selfSigned(['rsa:1024']);
    const short = await verdict(message, undefined, [certificate]);
    assert.deepEqual([short.outcomes, short.signatures[0]?.reason], [['WEAK'], 'RSA with 1024 bits']);
  });

  it('what was changed is bad and not weak', async () => {
    const sha1 = await sign('-outform', 'DER', '-md', 'sha1');
    assert.deepEqual((await verdict(OTHER, sha1)).outcomes, ['BAD']);
  });

  it('the certificate of the signer may be among those trusted', async () => {
    const bare = await sign('-nodetach', '-outform', 'DER', '-nocerts');
    assert.deepEqual((await verdict(bare)).outcomes, ['KEY_MISSING']);
    const anton = (await openssl.read('anton.pem')).toString();
    const { isVerified, signatures } = await verdict(bare, undefined, [anton]);
    assert.deepEqual([isVerified, signatures[0]?.certificate?.emails], [true, ['anton@example.com']]);
    assert.equal(
      (await verdict(await sign('-nodetach', '-outform', 'DER', '-nocerts', '-keyid'), undefined, [anton]))
        .isVerified,
      true,
    );
  });

  it('a negative serial number is a number like any other', async () => {
    const [message, certificate] = await selfSigned(
      ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
      '-set_serial',
      '-5',
    );
    assert.equal((await crypto.inspectCertificate(certificate)).serial, '-5');
    assert.equal((await verdict(message, undefined, [certificate])).isVerified, true);
    const encrypted = await crypto.encryptSmime({ content: 'x', certificates: [certificate], form: 'DER' });
    assert(encrypted.length > 0);
  });
});

describe('a signed S/MIME mail is found whatever its dress', () => {
  const mail = base64Mail(TEXT, detached);
  const opaqueMail = (type: string) =>
    `From: a@b.c\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${opaque.toString('base64')}\r\n`;
  const binary = Buffer.concat([
    Buffer.from(
      'From: a@b.c\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: binary\r\n\r\n',
    ),
    opaque,
  ]);
  const protocol = 'protocol="application/pkcs7-signature"';
  const dresses: readonly (readonly [string, string | Uint8Array])[] = [
    ['in a mailbox file', `From anton@example.com Fri Nov 27 08:00:00 2026\r\n${mail}`],
    ['behind a byte order mark', `\uFEFF${mail}`],
    ['with an upper-case protocol', mail.replace(protocol, protocol.toUpperCase())],
    ['with comments', mail.replace('multipart/signed;', 'multipart/signed (a "comment; (nested)) ;')],
    ['with parameters in pieces', mail.replace('boundary="part-1"', 'boundary*0="par"; boundary*1="t-1"')],
    [
      'with encoded parameters',
      mail.replace(protocol, "protocol*=us-ascii'en'application%2Fpkcs7-signature"),
    ],
    ['as a file of no type', opaqueMail('application/octet-stream; name="smime.p7m"')],
    ['as binary', binary],
    ['with line feeds alone', mail.replaceAll('\r\n', '\n')],
  ];
  for (const [name, message] of dresses)
    it(name, async () => {
      const { isVerified, text } = await verdict(message);
      assert.deepEqual([isVerified, text], [true, TEXT]);
    });

  it('one that is encrypted is told to be', async () => {
    const certificates = [mallory.certificate];
    for (const cipher of ['AES_256_CBC', 'AES_256_GCM'] as const) {
      const message = await crypto.encryptSmime({ content: mail, certificates, form: 'MAIL', cipher });
      await assert.rejects(verdict(message), { code: 'INVALID_INPUT', message: /^message is encrypted/ });
    }
  });
});

async function selfSigned(
  kind: readonly string[],
  ...args: string[]
): Promise<[message: Buffer, certificate: string]> {
  await openssl.write('empty.cnf', '[req]\ndistinguished_name=dn\n[dn]\n');
  const files = ['-keyout', 'own.key', '-out', 'own.pem'];
  await openssl.run([
    'req',
    '-x509',
    '-config',
    'empty.cnf',
    '-newkey',
    ...kind,
    '-nodes',
    '-days',
    '30',
    '-subj',
    '/CN=own',
    ...files,
    ...args,
  ]);
  const message = await openssl.run([
    'cms',
    '-sign',
    '-binary',
    '-in',
    'text',
    '-nodetach',
    '-outform',
    'DER',
    ...by('own'),
  ]);
  return [message, (await openssl.read('own.pem')).toString()];
}
