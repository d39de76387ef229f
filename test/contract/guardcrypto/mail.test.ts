import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createCleartextMessage,
  createMessage,
  decrypt,
  decryptKey,
  generateKey,
  readKey,
  readMessage,
  readPrivateKey,
  sign,
  type PrivateKey,
} from 'openpgp';
import { z } from 'zod';
import { createIdentity, openEnvelope, pkcs12, pkcs7 } from './smime-identity.js';
import {
  currentRing,
  data,
  failureCode,
  json,
  keyRingSchema,
  publicRing,
  startGuard,
  type GuardWorld,
  type Sent,
  type UserSession,
  type WireAnswer,
} from './wire.js';

const MAIL = [
  'From: Anton Berg <anton@example.com>',
  'To: berta@example.com',
  'Subject: Payment',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  'Zwölf Euro for ACME.',
  '',
].join('\r\n');
const INNER = MAIL.slice(MAIL.indexOf('Content-Type'));
const ANTON = { user: '7', context: '1' };
const DATE = new Date(Date.UTC(2026, 1, 1));

function post(world: GuardWorld, module: string, action: string, mail: string | Buffer, sent: Sent = {}) {
  const parts = { file: Buffer.from(mail), ...sent.parts };
  return world.serve('REST', `oxguard/${module}`, action, { query: { ...ANTON, ...sent.query }, parts });
}

async function verify(world: GuardWorld, mail: string | Buffer, module = 'mail') {
  return json(await post(world, module, 'verify', mail, { query: { simple: 'true' } }));
}

async function privateKey(user: UserSession): Promise<PrivateKey> {
  const form = { keyType: 'private', password: 'key-pw' };
  const ring = data(await user.keys('POST', 'getKey', { form }), keyRingSchema);
  const locked = await readPrivateKey({ armoredKey: ring.privateRing?.ring ?? '' });
  return decryptKey({ privateKey: locked, passphrase: 'key-pw' });
}

async function pgpMime(signingKeys: PrivateKey, inner = INNER): Promise<string> {
  const message = await createMessage({ binary: new Uint8Array(Buffer.from(inner)) });
  const signature = z.string().parse(await sign({ message, signingKeys, detached: true, date: DATE }));
  const type =
    'multipart/signed; micalg=pgp-sha512;\r\n protocol="application/pgp-signature"; boundary="=b.1"';
  return [
    'From: anton@example.com',
    `Content-Type: ${type}`,
    '',
    'This is a signed message.',
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

const order = (security: object, recipients = ['berta@example.com']) =>
  JSON.stringify({ recipients, security });

function send(
  world: GuardWorld,
  security: object,
  guardAuth?: string,
  recipients?: string[],
): Promise<WireAnswer> {
  const query = { fromName: 'Anton', email: 'anton@example.com', isGuest: 'false' };
  const parts = { json: order(security, recipients), ...(guardAuth === undefined ? {} : { guardAuth }) };
  return post(world, 'mail', 'encrypt', MAIL, { query, parts });
}

async function open(user: UserSession, mail: string, signer?: UserSession) {
  const armoredMessage = /-----BEGIN PGP MESSAGE-----[\s\S]+-----END PGP MESSAGE-----/.exec(mail)?.[0] ?? '';
  const verificationKeys =
    signer === undefined ? [] : [await readKey({ armoredKey: publicRing(await currentRing(signer)).ring })];
  const message = await readMessage({ armoredMessage });
  const date = new Date(Date.UTC(2026, 2, 2));
  return decrypt({
    message,
    decryptionKeys: await privateKey(user),
    verificationKeys,
    date,
    format: 'binary',
  });
}

const textOf = (bytes: unknown) => Buffer.from(z.instanceof(Uint8Array).parse(bytes)).toString('utf8');

test('mail operations want the credentials of the REST plane and no others', async (t) => {
  const world = await startGuard(t);
  for (const headers of [{}, { authorization: 'Basic bm86bm8=' }]) {
    const answer = await (await world.signIn('anton')).call('POST', 'oxguard/mail', 'verify', { headers });
    assert.equal(answer.status, 401);
    assert.match(String(answer.headers['www-authenticate']), /^Basic /);
  }
  const answer = await world.serve('SUPPORT', 'oxguard/pgpmail', 'verify', {
    query: ANTON,
    parts: { file: MAIL },
  });
  assert.equal(answer.status, 401);
});

test('mail operations name the user, and the mail is the part named file', async (t) => {
  const world = await startGuard(t);
  const query = { user: '7', context: '2' };
  assert.equal(failureCode(await post(world, 'mail', 'verify', MAIL, { query })), 'GRD-CORE-0002');
  const other = await world.serve('REST', 'oxguard/mail', 'verify', { query: ANTON, parts: { mail: MAIL } });
  assert.equal(failureCode(other), 'GRD-CORE-0002');
});

test('a PGP/MIME signature is good for exactly the bytes that were signed', async (t) => {
  const world = await startGuard(t);
  const mail = await pgpMime(await privateKey(await world.signIn('anton')));
  for (const module of ['pgpmail', 'mail']) {
    assert.deepEqual(await verify(world, mail, module), { data: true });
    assert.deepEqual(await verify(world, mail.replaceAll('\r\n', '\n'), module), { data: true });
    assert.deepEqual(await verify(world, mail.replace('Zwölf', 'Elf'), module), { data: false });
    assert.deepEqual(await verify(world, MAIL, module), { data: false });
  }
});

test('the full answer is the mail itself with the outcome in a header', async (t) => {
  const world = await startGuard(t);
  const stranger = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ email: 'x@stranger.example' }],
    date: new Date(Date.UTC(2026, 0, 1)),
    format: 'object',
  });
  for (const [mail, outcome] of [
    [await pgpMime(await privateKey(await world.signIn('anton'))), 'verified=true; missing=false'],
    [await pgpMime(stranger.privateKey), 'verified=false; missing=true'],
    [MAIL, 'verified=false; missing=false'],
  ] as const) {
    const answer = await post(world, 'pgpmail', 'verify', mail);
    assert.equal(answer.headers['content-type'], 'message/rfc822');
    assert.equal(answer.text, `X-Guard-Signature-Result: ${outcome}\r\n${mail}`);
  }
});

test('an inline signature is looked at too, in whatever transfer encoding', async (t) => {
  const world = await startGuard(t);
  const message = await createCleartextMessage({ text: 'Zwölf Euro' });
  const signingKeys = await privateKey(await world.signIn('berta'));
  const text = await sign({ message, signingKeys, date: DATE });
  const head = 'From: berta@example.com\r\nContent-Type: text/plain; charset=utf-8\r\n';
  const encoded = Buffer.from(text).toString('base64');
  const quoted = text.replace(/[=ö]/g, (character) =>
    [...Buffer.from(character)].map((byte) => `=${byte.toString(16).toUpperCase()}`).join(''),
  );
  assert.deepEqual(await verify(world, `${head}\r\n${text}`), { data: true });
  assert.deepEqual(await verify(world, `${head}Content-Transfer-Encoding: base64\r\n\r\n${encoded}`), {
    data: true,
  });
  assert.deepEqual(
    await verify(world, `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${quoted}`),
    { data: true },
  );
  assert.deepEqual(await verify(world, `${head}\r\n${text.replace('Euro', 'Dollar')}`), { data: false });
});

test('a stored mail is encrypted to the user’s own key, headers kept, and once only', async (t) => {
  const world = await startGuard(t);
  const answer = await post(world, 'pgpmail', 'encrypt', MAIL);
  assert.equal(answer.headers['content-type'], 'message/rfc822');
  assert.match(
    answer.text,
    /^From: Anton Berg <anton@example.com>\r\nTo: berta@example.com\r\nSubject: Payment\r\nMIME-Version: 1.0\r\n/,
  );
  assert.match(
    answer.text,
    /Content-Type: multipart\/encrypted; protocol="application\/pgp-encrypted"; boundary="/,
  );
  assert.match(answer.text, /\r\nContent-Type: application\/pgp-encrypted\r\n\r\nVersion: 1\r\n/);
  assert.ok(!answer.text.includes('ACME'));
  const opened = await open(await world.signIn('anton'), answer.text);
  assert.equal(textOf(opened.data), INNER);
  assert.equal((await post(world, 'pgpmail', 'encrypt', answer.bytes)).text, answer.text);
  const nobody = await post(world, 'pgpmail', 'encrypt', MAIL, { query: { user: '9' } });
  assert.equal(failureCode(nobody), 'GRD-KEYS-0001');
});

test('a mail is encrypted for its recipients and signed with the key a token opens', async (t) => {
  const world = await startGuard(t);
  const [anton, berta] = [await world.signIn('anton'), await world.signIn('berta')];
  const token = await anton.authenticate('key-pw');
  const answer = await send(world, { type: 'PGP', encrypt: true, sign: true }, token);
  const opened = await open(berta, answer.text, anton);
  assert.equal(textOf(opened.data), INNER);
  assert.equal(await opened.signatures[0]?.verified, true);
  const unsigned = await open(berta, (await send(world, { type: 'PGP', encrypt: true })).text);
  assert.equal(unsigned.signatures.length, 0);
});

test('a signature wants a token of the sender, and a token for a single use is used up', async (t) => {
  const world = await startGuard(t);
  const [anton, berta] = [await world.signIn('anton'), await world.signIn('berta')];
  const security = { type: 'PGP', sign: true };
  assert.equal(failureCode(await send(world, security)), 'GRD-CORE-0002');
  assert.equal(failureCode(await send(world, security, await berta.authenticate('key-pw'))), 'GRD-AUTH-0003');
  const token = await anton.authenticate('key-pw', -1);
  const signed = await send(world, security, token);
  assert.deepEqual(await verify(world, signed.bytes), { data: true });
  assert.deepEqual(json(await anton.token('GET')), { data: {} });
  assert.equal(failureCode(await send(world, security, token)), 'GRD-AUTH-0003');
});

test('inline mails are armor in plain text', async (t) => {
  const world = await startGuard(t);
  const [anton, berta] = [await world.signIn('anton'), await world.signIn('berta')];
  const token = await anton.authenticate('key-pw');
  const encrypted = await send(world, { type: 'PGP', encrypt: true, pgpInline: true });
  assert.match(encrypted.text, /Content-Type: text\/plain; charset=utf-8\r\n/);
  assert.equal(textOf((await open(berta, encrypted.text)).data).trimEnd(), 'Zwölf Euro for ACME.');
  const signed = await send(world, { type: 'PGP', sign: true, pgpInline: true }, token);
  assert.ok(signed.text.includes('-----BEGIN PGP SIGNED MESSAGE-----'));
  assert.deepEqual(await verify(world, signed.bytes), { data: true });
});

test('an outside recipient without a key becomes a guest, and one that is down stops the mail', async (t) => {
  const world = await startGuard(t);
  const security = { type: 'PGP', encrypt: true };
  const sent = await send(world, security, undefined, ['berta@example.com', 'nokey@outside.example']);
  const recipients = (
    await readMessage({ armoredMessage: sent.text.slice(sent.text.indexOf('-----BEGIN')) })
  ).getEncryptionKeyIDs();
  assert.equal(recipients.length, 2);
  assert.deepEqual(
    (await world.control.outbox()).map(({ to }) => to),
    ['nokey@outside.example'],
  );
  const down = await send(world, security, undefined, ['down@outside.example']);
  assert.equal(failureCode(down), 'GRD-CORE-0003');
  assert.equal(
    failureCode(
      await post(world, 'mail', 'encrypt', MAIL, { query: { email: 'a@b.c' }, parts: { json: '{}' } }),
    ),
    'GRD-CORE-0002',
  );
});

test('an S/MIME mail is signed by the sender’s certificate and enveloped for the recipient’s', async (t) => {
  const world = await startGuard(t);
  const anton = await world.signIn('anton');
  const emil = await createIdentity('emil@outside.example');
  await anton.certificates('POST', 'uploadRecipientCertificate', { parts: { certificate: pkcs7(emil) } });
  const token = await anton.authenticate('smime-pw', undefined, 'SMIME');
  const security = { type: 'SMIME', encrypt: true, sign: true };
  const answer = await send(world, security, token, ['emil@outside.example']);
  assert.match(
    answer.text,
    /Content-Type: application\/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\r\n/,
  );
  const body = answer.text.slice(answer.text.indexOf('\r\n\r\n'));
  const opened = await openEnvelope(Buffer.from(body, 'base64'), emil.certificate, emil.key);
  assert.match(
    opened,
    /^Content-Type: multipart\/signed; protocol="application\/pkcs7-signature"; micalg=sha-256;/,
  );
  assert.ok(opened.includes(INNER));
  assert.deepEqual(await verify(world, opened), { data: true });
  assert.deepEqual(await verify(world, opened.replace('Euro', 'Dollar')), { data: false });
  assert.deepEqual(await verify(world, opened, 'pgpmail'), { data: false });
});

test('an S/MIME signature counts when its signer is trusted', async (t) => {
  const world = await startGuard(t);
  const [anton, berta] = [await world.signIn('anton'), await world.signIn('berta')];
  const identity = await createIdentity('anton@example.com');
  const parts = { certificate: await pkcs12(identity, 'p'), password: 'p', newPassword: 'kept-pw' };
  await anton.certificates('POST', 'upload', { parts });
  const token = await anton.authenticate('kept-pw', undefined, 'SMIME');
  const signed = await send(world, { type: 'SMIME', sign: true }, token, []);
  const asBerta = async () =>
    json(await post(world, 'mail', 'verify', signed.bytes, { query: { user: '8', simple: 'true' } }));
  assert.deepEqual(await verify(world, signed.bytes), { data: true });
  assert.deepEqual(await asBerta(), { data: false });
  await berta.certificates('POST', 'uploadRecipientCertificate', { parts: { certificate: pkcs7(identity) } });
  assert.deepEqual(await asBerta(), { data: true });
});

test('an S/MIME signature that was made with another key is not good', async (t) => {
  const world = await startGuard(t);
  const anton = await world.signIn('anton');
  const token = await anton.authenticate('smime-pw', undefined, 'SMIME');
  const { text } = await send(world, { type: 'SMIME', sign: true }, token, []);
  assert.deepEqual(await verify(world, text), { data: true });
  const forged = text.replace(
    /(filename="smime.p7s"[\s\S]+?\r\n\r\n)([\s\S]+?)(\r\n--)/,
    (_all, head, body, end) => {
      const der = Buffer.from(String(body), 'base64');
      der.writeUInt8(der.readUInt8(der.length - 9) ^ 1, der.length - 9);
      return `${String(head)}${der.toString('base64')}${String(end)}`;
    },
  );
  assert.notEqual(forged, text);
  assert.deepEqual(await verify(world, forged), { data: false });
});

test('an S/MIME mail needs a good certificate of every recipient', async (t) => {
  const world = await startGuard(t);
  for (const email of ['nocert@outside.example', 'expiredcert-x@outside.example', 'carl@example.com']) {
    const answer = await send(world, { type: 'SMIME', encrypt: true }, undefined, [
      'anton@example.com',
      email,
    ]);
    assert.equal(failureCode(answer), 'GRD-SMIME-0001', email);
  }
});
