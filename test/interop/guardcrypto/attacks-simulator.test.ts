import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createCleartextMessage, createMessage, decryptKey, readPrivateKey, sign } from 'openpgp';
import {
  armorAttacks,
  MORE,
  mailOf,
  readableAttacks,
  STRUCTURE,
  TEXT,
  type Attacks,
} from '../../support/mail-attacks.js';
import { OpenSsl } from '../../support/openssl.js';
import { privateRing, startGuardNow, verify } from './guard-mail.js';

// The provider answers whether a mail is signed and no more, so it must not say so of one that shows something else.

const ANTON = '7';
const P256 = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
const world = await startGuardNow({ after });
const anton = await world.signIn('anton');

const cases = (own: Attacks) => Object.entries({ ...STRUCTURE, ...own });

describe('attacks on OpenPGP mails do not pass at the simulator', async () => {
  const privateKey = await decryptKey({
    privateKey: await readPrivateKey({ armoredKey: await privateRing(anton) }),
    passphrase: 'key-pw',
  });
  const detached = async (text: string) => {
    const message = await createMessage({ binary: Buffer.from(text) });
    return String(await sign({ message, signingKeys: privateKey, detached: true }));
  };
  const opaque = String(
    await sign({ message: await createMessage({ text: TEXT }), signingKeys: privateKey }),
  );
  const signature = await detached(TEXT);
  const base = { signature, signatureHeader: 'Content-Type: application/pgp-signature\r\n' };
  const inArmor = Object.entries(armorAttacks(signature));
  const own: Attacks = {
    ...Object.fromEntries(
      inArmor.map(([where, text]) => [`text in the armor, ${where}`, [{ signature: text }, false] as const]),
    ),
    'a second signature, of another text': [{ signature: signature + (await detached(MORE)) }, false],
    'a signed message in place of the signature': [{ inner: MORE, signature: opaque }, false],
  };
  for (const [name, [parts, isGood]] of cases(own))
    it(`${name}: ${isGood ? 'good' : 'not good'}`, async () => {
      assert.equal(await verify(world, ANTON, mailOf('application/pgp-signature', base, parts)), isGood);
    });

  const clear = String(
    await sign({ message: await createCleartextMessage({ text: 'Pay 12 euros.' }), signingKeys: privateKey }),
  );
  const head = 'From: a@b.c\r\nContent-Type: text/plain\r\n\r\n';
  const inMails = Object.entries(readableAttacks(clear, await detached(MORE))).map(
    ([name, [text, isGood]]) => [name, head + text.replace(/\r?\n/g, '\r\n'), isGood] as const,
  );
  const mixed = 'From: a@b.c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n';
  const more: readonly (readonly [name: string, mail: string, isGood: boolean])[] = [
    ...Object.entries(armorAttacks(clear)).map(
      ([where, text]) => [`text in the armor, ${where}`, head + text, false] as const,
    ),
    ['text before it', `${head}Pay 9999 euros.\r\n${clear}`, false],
    ['text behind it', `${head}${clear}\r\nPay 9999 euros.\r\n`, false],
    ['a part behind it', `${mixed}--x\r\n\r\n${clear}\r\n--x\r\n\r\n${MORE}\r\n--x--\r\n`, false],
  ];
  for (const [name, mail, isGood] of [...inMails, ...more])
    it(`a readable text with ${name}: ${isGood ? 'good' : 'not good'}`, async () => {
      assert.equal(await verify(world, ANTON, Buffer.from(mail)), isGood);
    });
});

describe('attacks on S/MIME mails do not pass at the simulator', async () => {
  const openssl = await OpenSsl.open({ after });
  await openssl.newAuthority('root');
  await openssl.newMailIdentity('emil', { algorithm: 'ec', email: 'emil@outside.example', issuer: 'root' });
  const trust = async (name: string) => {
    const der = await openssl.run(['crl2pkcs7', '-nocrl', '-certfile', `${name}.pem`, '-outform', 'DER']);
    await anton.certificates('POST', 'uploadRecipientCertificate', { parts: { certificate: der } });
  };
  await trust('emil');
  const by = ['-signer', 'emil.pem', '-inkey', 'emil.key', '-binary', '-outform', 'DER'];
  const base64 = async (...args: string[]) =>
    (await openssl.run(['cms', '-sign', ...by, ...args], TEXT))
      .toString('base64')
      .replace(/.{64}/g, '$&\r\n');
  const [signature, opaque] = [await base64(), await base64('-nodetach')];
  const encoding = 'Content-Transfer-Encoding: base64\r\n';
  const base = { signature, signatureHeader: `Content-Type: application/pkcs7-signature\r\n${encoding}` };
  const own: Attacks = {
    'a message of the signer in place of the signature': [{ inner: MORE, signature: opaque }, false],
    'a signature with something behind it': [{ signature: `${signature}\r\n\r\n${MORE}` }, false],
  };
  for (const [name, [parts, isGood]] of cases(own))
    it(`${name}: ${isGood ? 'good' : 'not good'}`, async () => {
      const { signatureHeader } = parts;
      const given =
        signatureHeader === undefined ? parts : { ...parts, signatureHeader: signatureHeader + encoding };
      const mail = Buffer.from(mailOf('application/pkcs7-signature', base, given));
      assert.equal(await verify(world, ANTON, mail), isGood);
    });

  it('text behind a message that holds its content: not good', async () => {
    const head = `From: a@b.c\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\n${encoding}\r\n`;
    assert.equal(await verify(world, ANTON, head + opaque), true);
    assert.equal(await verify(world, ANTON, `${head}${opaque}\r\n\r\n${MORE}`), false);
  });

  const SIGNERS: Readonly<
    Record<string, readonly [isGood: boolean, key: readonly string[], purpose: string, hash: string]>
  > = {
    'for mail': [true, P256, 'emailProtection', 'sha256'],
    'for any purpose': [true, P256, 'anyExtendedKeyUsage', 'sha256'],
    'for servers': [false, P256, 'serverAuth', 'sha256'],
    'whose key is short': [false, ['rsa:1024'], 'emailProtection', 'sha256'],
    'who uses SHA-1': [false, P256, 'emailProtection', 'sha1'],
  };
  for (const [name, [isGood, key, purpose, hash]] of Object.entries(SIGNERS))
    it(`a signer ${name}: ${isGood ? 'good' : 'not good'}`, async () => {
      const made = ['-keyout', 'one.key', '-out', 'one.pem', '-CA', 'root.pem', '-CAkey', 'root.key'];
      const extension = [
        '-subj',
        '/CN=one/emailAddress=one@outside.example',
        '-addext',
        `extendedKeyUsage=${purpose}`,
      ];
      await openssl.run([
        'req',
        '-x509',
        '-config',
        'empty.cnf',
        '-nodes',
        '-newkey',
        ...key,
        ...extension,
        ...made,
      ]);
      await trust('one');
      const sign = [
        'cms',
        '-sign',
        '-signer',
        'one.pem',
        '-inkey',
        'one.key',
        '-binary',
        '-md',
        hash,
        '-outform',
        'DER',
      ];
      const der = await openssl.run(sign, TEXT);
      const mail = mailOf('application/pkcs7-signature', { ...base, signature: der.toString('base64') }, {});
      assert.equal(await verify(world, ANTON, mail), isGood);
    });

  it('bytes behind a signature: not good', async () => {
    const der = Buffer.concat([Buffer.from(signature, 'base64'), Buffer.from('Pay 9999 euros.')]);
    const mail = mailOf('application/pkcs7-signature', { ...base, signature: der.toString('base64') }, {});
    assert.equal(await verify(world, ANTON, mail), false);
  });
});
