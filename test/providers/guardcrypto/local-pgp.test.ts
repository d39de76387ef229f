import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  createCleartextMessage,
  createMessage,
  decrypt,
  encrypt,
  enums,
  generateKey,
  readKey,
  readMessage,
  revokeKey,
  sign,
  type PrivateKey,
} from 'openpgp';
import { createLocalCrypto, type SignatureReport } from '../../../src/providers/guardcrypto/local/index.js';
import { brokenKeys } from '../../support/broken-keys.js';
import { ManualClock } from '../../support/manual-clock.js';

const clock = new ManualClock();
const crypto = createLocalCrypto({ clock, maxMessageBytes: 3_000_000 });
after(() => crypto.close());

const CREATED = new Date(Date.UTC(2026, 0, 1));
const SIGNED = new Date(Date.UTC(2026, 1, 1));
const DAY_S = 86_400;

async function newKey(email: string, options: { keyExpirationTime?: number; date?: Date } = {}) {
  const userIDs = [{ name: 'Anton Berg', email }];
  const { privateKey } = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs,
    date: CREATED,
    format: 'object',
    ...options,
  });
  return privateKey;
}

const anton = await newKey('Anton@example.com', { keyExpirationTime: 100 * DAY_S });
const berta = await newKey('berta@example.com');
const expired = await newKey('old@example.com', { keyExpirationTime: DAY_S });
const reasonForRevocation = { flag: enums.reasonForRevocation.keyCompromised, string: '' };
const { publicKey: revoked } = await revokeKey({
  key: await newKey('dora@example.com'),
  reasonForRevocation,
  date: CREATED,
  format: 'object',
});

const armorOf = (key: PrivateKey): string => key.toPublic().armor();

const INNER = 'Content-Type: text/plain; charset=utf-8\r\n\r\nZwölf Euro for ACME.\r\n';

async function signedMail(signingKeys: PrivateKey, inner = INNER): Promise<string> {
  const message = await createMessage({ binary: new Uint8Array(Buffer.from(inner)) });
  const signature = String(await sign({ message, signingKeys, detached: true, date: SIGNED }));
  return [
    'From: anton@example.com',
    'Content-Type: multipart/signed; micalg=pgp-sha512;',
    '\tprotocol="application/pgp-signature"; boundary="=b.1"',
    '',
    'Preamble',
    '--=b.1',
    inner,
    '--=b.1',
    'Content-Type: application/pgp-signature',
    '',
    signature.trimEnd(),
    '--=b.1--',
    '',
  ].join('\r\n');
}

const outcomes = (report: SignatureReport<{ readonly outcome: string }>) =>
  report.signatures.map(({ outcome }) => outcome);
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

test('an armored or binary key says what it is, whose it is and until when', async () => {
  const facts = await crypto.inspectPgpKey(armorOf(anton));
  assert.deepEqual(await crypto.inspectPgpKey(anton.toPublic().write()), facts);
  const { subkeys, userIds, ...primary } = facts;
  assert.deepEqual(primary, {
    keyId: BigInt.asIntN(64, BigInt(`0x${anton.getKeyID().toHex()}`)).toString(),
    keyIdHex: anton.getKeyID().toHex(),
    fingerprint: anton.getFingerprint(),
    version: 4,
    algorithm: 'eddsaLegacy',
    bits: null,
    curve: 'ed25519Legacy',
    createdAt: CREATED.getTime(),
    expiresAt: CREATED.getTime() + 100 * DAY_S * 1000,
    capabilities: ['CERTIFY', 'SIGN'],
    isRevoked: false,
    isExpired: false,
    isSelfSigned: true,
    canEncryptNow: true,
  });
  assert.deepEqual(userIds, [
    {
      userId: 'Anton Berg <Anton@example.com>',
      name: 'Anton Berg',
      email: 'anton@example.com',
      isSelfSigned: true,
      isRevoked: false,
      certificationCount: 0,
    },
  ]);
  assert.deepEqual(
    subkeys.map(({ algorithm, capabilities, isBound }) => ({ algorithm, capabilities, isBound })),
    [{ algorithm: 'ecdh', capabilities: ['ENCRYPT'], isBound: true }],
  );
});

test('a key that is over or revoked says so and is encrypted to no more', async () => {
  const over = await crypto.inspectPgpKey(armorOf(expired));
  assert.deepEqual([over.isExpired, over.isRevoked, over.canEncryptNow], [true, false, false]);
  const back = await crypto.inspectPgpKey(revoked.armor());
  assert.deepEqual([back.isExpired, back.isRevoked, back.canEncryptNow], [false, true, false]);
  const keys = [armorOf(anton), armorOf(expired), revoked.armor()];
  const encryptTo = (chosen: string[]) => crypto.encryptPgp({ content: 'x', keys: chosen, form: 'ARMORED' });
  await assert.rejects(encryptTo(keys), {
    code: 'INVALID_INPUT',
    path: ['keys', '1'],
    message: 'keys.1 cannot be encrypted to: it has expired.',
  });
  await assert.rejects(encryptTo([revoked.armor()]), {
    path: ['keys', '0'],
    message: 'keys.0 cannot be encrypted to: it is revoked.',
  });
});

test('a user id that somebody else put on a key is not self-signed', async () => {
  const stolen = anton.toPublic();
  // The user id of one key with its signature, moved to another key.
  const [user] = berta.toPublic().users;
  assert(user);
  stolen.users.push(user);
  const { userIds } = await crypto.inspectPgpKey(stolen.write());
  assert.deepEqual(
    userIds.map(({ email, isSelfSigned }) => [email, isSelfSigned]),
    [
      ['anton@example.com', true],
      ['berta@example.com', false],
    ],
  );
});

test('a private key is refused wherever keys are taken', async () => {
  const rule = /is a private key: keep it to yourself/;
  const key = anton.armor();
  const message = await signedMail(anton);
  const calls = [
    crypto.inspectPgpKey(key),
    crypto.inspectPgpKey(anton.write()),
    crypto.encryptPgp({ content: 'x', keys: [key], form: 'ARMORED' }),
    crypto.verifyPgp({ message, keys: [key] }),
  ];
  await Promise.all(calls.map((call) => assert.rejects(call, { code: 'INVALID_INPUT', message: rule })));
});

test('what is no key, or more than one where one is asked for, is refused with the field', async () => {
  const two = armorOf(anton) + armorOf(berta);
  await assert.rejects(crypto.inspectPgpKey('hello'), { code: 'INVALID_INPUT', path: ['key'] });
  await assert.rejects(crypto.inspectPgpKey(new Uint8Array([0xc6, 1, 2])), { path: ['key'] });
  await assert.rejects(crypto.inspectPgpKey(''), { message: 'key must not be empty.' });
  await assert.rejects(crypto.inspectPgpKey(two), { message: 'key must be a single key.' });
  await assert.rejects(crypto.encryptPgp({ content: 'x', keys: [], form: 'BINARY' }), { path: ['keys'] });
});

test('what is wrong with a key is said, and with which', async () => {
  for (const { name, armored, binary, rule } of await brokenKeys('d@example.com', CREATED)) {
    for (const given of binary === undefined ? [armored] : [armored, binary]) {
      const refused = { code: 'INVALID_INPUT', path: ['key'], message: rule };
      await assert.rejects(crypto.inspectPgpKey(given), refused, name);
      const second = { code: 'INVALID_INPUT', path: ['keys', '1'], message: /keys\.1/ };
      const keys = [armorOf(berta), given];
      await assert.rejects(crypto.encryptPgp({ content: 'x', keys, form: 'BINARY' }), second, name);
      await assert.rejects(crypto.verifyPgp({ message: 'x', keys }), second, name);
    }
  }
});

test('content larger than allowed is refused with the field, before anything is done with it', async () => {
  const content = new Uint8Array(3_000_001);
  await assert.rejects(crypto.encryptPgp({ content, keys: [armorOf(anton)], form: 'BINARY' }), {
    code: 'TOO_LARGE',
    path: ['content'],
  });
  await assert.rejects(crypto.inspectPgpKey('x'.repeat(1024 * 1024 + 1)), {
    code: 'TOO_LARGE',
    path: ['key'],
  });
  assert.equal(content.length, 3_000_001);
});

test('everybody it was encrypted to can read it, armored or not', async () => {
  const keys = [armorOf(anton), berta.toPublic().write()];
  const armored = await crypto.encryptPgp({ content: 'Zwölf', keys, form: 'ARMORED' });
  const binary = await crypto.encryptPgp({ content: Buffer.from('Zwölf'), keys, form: 'BINARY' });
  for (const decryptionKeys of [anton, berta]) {
    const read = async (message: Awaited<ReturnType<typeof readMessage<string>>>) =>
      (await decrypt({ message, decryptionKeys, date: SIGNED })).data;
    assert.equal(await read(await readMessage({ armoredMessage: textOf(armored) })), 'Zwölf');
    const { data } = await decrypt({
      message: await readMessage({ binaryMessage: binary }),
      decryptionKeys,
      date: SIGNED,
    });
    assert.equal(data, 'Zwölf');
  }
});

test('a mail keeps its own header fields, and its content with what describes it is encrypted', async () => {
  const mail = `From: a@example.com\nSubject: Payment\nMIME-Version: 1.0\n${INNER.replaceAll('\r\n', '\n')}`;
  const out = textOf(await crypto.encryptPgp({ content: mail, keys: [armorOf(anton)], form: 'MAIL' }));
  assert.match(
    out,
    /^From: a@example\.com\r\nSubject: Payment\r\nMIME-Version: 1\.0\r\nContent-Type: multipart\/encrypted;/,
  );
  assert.doesNotMatch(out, /ACME|text\/plain/);
  const armoredMessage = /-----BEGIN PGP MESSAGE-----[^]+-----END PGP MESSAGE-----/.exec(out)?.[0] ?? '';
  const { data } = await decrypt({
    message: await readMessage({ armoredMessage }),
    decryptionKeys: anton,
    date: SIGNED,
    format: 'binary',
  });
  assert.equal(textOf(data), INNER);
  await assert.rejects(crypto.encryptPgp({ content: 'no mail', keys: [armorOf(anton)], form: 'MAIL' }), {
    path: ['content'],
  });
});

test('a PGP/MIME signature is good for exactly the bytes that were signed', async () => {
  const mail = await signedMail(anton);
  const keys = [armorOf(berta), armorOf(anton)];
  for (const message of [mail, mail.replaceAll('\r\n', '\n'), Buffer.from(mail)]) {
    const report = await crypto.verifyPgp({ message, keys });
    assert.deepEqual([report.form, report.isVerified, textOf(report.content)], ['MIME', true, INNER]);
    assert.deepEqual(report.signatures, [
      {
        outcome: 'GOOD',
        reason: null,
        isKeyExpired: false,
        isKeyRevoked: false,
        keyId: BigInt.asIntN(64, BigInt(`0x${anton.getKeyID().toHex()}`)).toString(),
        keyIdHex: anton.getKeyID().toHex(),
        fingerprint: anton.getFingerprint(),
        userIds: ['Anton Berg <Anton@example.com>'],
        signedAt: SIGNED.getTime(),
        isBySender: true,
        hashAlgorithm: 'sha512',
      },
    ]);
  }
  const forged = await crypto.verifyPgp({ message: mail.replace('Zwölf', 'Elf'), keys });
  assert.deepEqual([forged.isVerified, outcomes(forged)], [false, ['BAD']]);
});

test('cleartext, opaque and detached signatures are found, each with what was signed', async () => {
  const keys = [armorOf(anton)];
  const options = { signingKeys: anton, date: SIGNED };
  const cleartext = await sign({
    message: await createCleartextMessage({ text: '- Zwölf\nEuro' }),
    ...options,
  });
  const opaque = String(await sign({ message: await createMessage({ text: 'Zwölf' }), ...options }));
  const detached = String(
    await sign({ message: await createMessage({ text: 'Zwölf' }), detached: true, ...options }),
  );
  const inline = `Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(cleartext).toString('base64')}`;
  const expected = [
    [{ message: cleartext, keys }, 'CLEARTEXT', '- Zwölf\nEuro'],
    [{ message: inline, keys }, 'CLEARTEXT', '- Zwölf\nEuro'],
    [{ message: opaque, keys }, 'OPAQUE', 'Zwölf'],
    [{ message: 'Zwölf', signature: detached, keys }, 'DETACHED', 'Zwölf'],
  ] as const;
  for (const [input, form, content] of expected) {
    const report = await crypto.verifyPgp(input);
    assert.deepEqual([report.form, outcomes(report), textOf(report.content)], [form, ['GOOD'], content]);
  }
});

test('why a signature is not good is told: no key, or one that could not sign then', async () => {
  const missing = await crypto.verifyPgp({ message: await signedMail(anton), keys: [armorOf(berta)] });
  assert.deepEqual([missing.isVerified, outcomes(missing)], [false, ['KEY_MISSING']]);
  assert.equal(missing.signatures[0]?.fingerprint, null);
  const message = await createMessage({ text: 'late' });
  const late = String(
    await sign({ message, signingKeys: expired, date: new Date(CREATED.getTime() + 3600_000) }),
  );
  const atTheTime = await crypto.verifyPgp({ message: late, keys: [armorOf(expired)] });
  assert.deepEqual(outcomes(atTheTime), ['GOOD'], 'the key was good when it signed');
  const taken = await signedMail(anton);
  const { publicKey } = await revokeKey({ key: anton, reasonForRevocation, date: CREATED, format: 'object' });
  const after = await crypto.verifyPgp({ message: taken, keys: [publicKey.armor()] });
  assert.deepEqual([after.isVerified, outcomes(after)], [false, ['REVOKED']]);
});

test('a signature around one part of a mail says nothing of the mail', async () => {
  const mail = await signedMail(anton);
  const part = mail.slice(mail.indexOf('Content-Type'));
  const wrapped = `From: a@example.com\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n${part}\r\n--x--\r\n`;
  await assert.rejects(crypto.verifyPgp({ message: wrapped, keys: [armorOf(anton)] }), {
    code: 'INVALID_INPUT',
    path: ['message'],
  });
});

test('what carries no signature, or is encrypted, or is no signature, is refused with the field', async () => {
  const keys = [armorOf(anton)];
  const encrypted = await encrypt({
    message: await createMessage({ text: 'x' }),
    encryptionKeys: await readKey({ armoredKey: armorOf(berta) }),
    date: SIGNED,
  });
  await assert.rejects(crypto.verifyPgp({ message: 'hello', keys }), { path: ['message'] });
  await assert.rejects(crypto.verifyPgp({ message: encrypted, keys }), { message: /^message is encrypted/ });
  await assert.rejects(crypto.verifyPgp({ message: 'hello', signature: 'hello', keys }), {
    path: ['signature'],
  });
});

test('a key that is given twice reads a message once', async () => {
  const key = (await newKey('anton@example.com')).toPublic().armor();
  const binaryMessage = await crypto.encryptPgp({ content: 'x', keys: [key, key], form: 'BINARY' });
  assert.equal((await readMessage({ binaryMessage })).getEncryptionKeyIDs().length, 1);
});
