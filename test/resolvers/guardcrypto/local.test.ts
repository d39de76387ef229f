// Decorators need it before the first decorated class is loaded.
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createCleartextMessage, createMessage, decrypt, generateKey, readMessage, sign } from 'openpgp';
import {
  createAuthority,
  issueMailCertificate,
} from '../../../src/simulators/guardcrypto/smime/authority.js';
import { signDetached } from '../../../src/simulators/guardcrypto/smime/cms.js';
import { generateRsaKey } from '../../../src/simulators/guardcrypto/smime/private-key.js';
import { readExamples } from '../../../src/gateway/read-examples.js';
import { ticketRoute } from '../../../src/subgraph/tickets/route.js';
import { guardcrypto } from '../../../subgraphs/guardcrypto.js';
import { startServer } from '../../support/http-server.js';
import { openSubgraph, type TestCaller } from '../../support/open-subgraph.js';
import { openEnvelope } from '../../contract/guardcrypto/smime-identity.js';

/** Data whose shape the test's own document decides. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- every test asserts what it reads
type Answer = Record<string, any>;

const CREATED = new Date('2026-01-01T00:00:00Z');
const SIGNED = new Date('2026-02-01T00:00:00Z');

const { privateKey } = await generateKey({
  type: 'ecc',
  curve: 'curve25519Legacy',
  userIDs: [{ name: 'Berta', email: 'berta@example.com' }],
  date: CREATED,
  format: 'object',
});
const key = privateKey.toPublic().armor();

// Nobody is at this address: whatever asks the provider fails.
const environment = { GUARDCRYPTO_URL: 'http://127.0.0.1:1/appsuite/api' };

async function open(t: TestContext) {
  const subgraph = await openSubgraph(t, { module: guardcrypto, environment, polls: false });
  const ask = async (
    kind: 'query' | 'mutation',
    field: string,
    input: object,
    fields: string,
    caller: TestCaller = {},
  ): Promise<Answer> => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const document = `${kind} ($input: ${type}!) { ${field}(input: $input) { ${fields} problem { code message path isRetryable provider } } }`;
    const { data, errors } = await subgraph.run<Answer>(document, { input }, caller);
    assert.equal(errors, undefined);
    return data[field] as Answer;
  };
  return { ...subgraph, ask };
}

async function mailIdentity() {
  const validity = { notBefore: CREATED, notAfter: new Date('2036-01-01T00:00:00Z') };
  const authority = await createAuthority('Test CA', validity);
  const { privateKey, publicKey } = await generateRsaKey();
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const holder = { name: 'Anton', email: 'anton@example.com' };
  const certificate = await issueMailCertificate(authority, holder, spki, validity);
  return { authority: authority.certificate, certificate, privateKey };
}

for (const name of ['local-verify-pgp', 'local-verify-smime']) {
  test(`the signature shown in the example ${name} is found good, without a provider`, async (t) => {
    const { run } = await open(t);
    const example = readExamples().find((one) => one.name === `guardcrypto/${name}`);
    assert(example);
    const { data } = await run<Answer>(example.document, { ...example.variables });
    assert.match(JSON.stringify(data), /"isVerified":true/);
  });
}

test('a key is inspected from its armor and from the Base64 of its binary form', async (t) => {
  const { ask } = await open(t);
  const fields = 'key { keyId keyIdHex fingerprint createdAt expiresAt userIds { email isSelfSigned } }';
  const { key: facts, problem } = await ask('query', 'inspectPgpKey', { key }, fields);
  assert.equal(problem, null);
  const keyIdHex = privateKey.getKeyID().toHex();
  assert.deepEqual(facts, {
    keyId: BigInt.asIntN(64, BigInt(`0x${keyIdHex}`)).toString(),
    keyIdHex,
    fingerprint: privateKey.getFingerprint(),
    createdAt: CREATED,
    expiresAt: null,
    userIds: [{ email: 'berta@example.com', isSelfSigned: true }],
  });
  const base64 = Buffer.from(privateKey.toPublic().write()).toString('base64');
  assert.deepEqual((await ask('query', 'inspectPgpKey', { key: base64 }, fields)).key, facts);
});

test('the signature of a file of no bytes is looked at, whichever way no bytes are written', async (t) => {
  const { ask } = await open(t);
  const signature = await sign({
    message: await createMessage({ binary: new Uint8Array() }),
    ...{ signingKeys: privateKey, detached: true, date: SIGNED },
  });
  for (const message of [{ text: '' }, { base64: '' }]) {
    const input = { message, signature: String(signature), keys: [key] };
    const { report, problem } = await ask('query', 'verifyPgpMessage', input, 'report { isVerified }');
    assert.deepEqual([report, problem], [{ isVerified: true }, null]);
    const alone = await ask('query', 'verifyPgpMessage', { message, keys: [key] }, '');
    assert.match(String(alone['problem']?.message), /message must not be empty/);
  }
});

test('what is wrong with the input is a problem that names field and rule', async (t) => {
  const { ask } = await open(t);
  const problemOf = async (...request: [kind: 'query' | 'mutation', field: string, input: object]) =>
    (await ask(...request, '')).problem as Answer;
  const expected = [
    ['query', 'inspectPgpKey', { key: 'no key!' }, ['key'], /armored, PEM or Base64/],
    ['query', 'inspectPgpKey', { key: 'aGVsbG8=' }, ['key'], /must be an OpenPGP key/],
    ['query', 'inspectPgpKey', { key: privateKey.armor() }, ['key'], /is a private key/],
    ['query', 'inspectCertificate', { certificate: key }, ['certificate'], /must be an X\.509 certificate/],
    ['query', 'verifyPgpMessage', { message: {}, keys: [] }, ['message'], /either text or base64/],
    ['query', 'verifyPgpMessage', { message: { text: 'x' }, keys: [key] }, ['message'], /OpenPGP signature/],
    [
      'query',
      'verifySmimeMessage',
      { message: { text: 'x' }, trusted: [] },
      ['message'],
      /S\/MIME signature/,
    ],
    [
      'mutation',
      'encryptPgpMessage',
      { content: { text: 'x', base64: 'eA==' }, keys: [key] },
      ['content'],
      /either text or base64/,
    ],
    [
      'mutation',
      'encryptPgpMessage',
      { content: { text: 'x' }, keys: [key, '??'] },
      ['keys', '1'],
      /keys\.1/,
    ],
    ['mutation', 'encryptPgpMessage', { keys: ['aGVsbG8='] }, ['keys', '0'], /keys\.0/],
    [
      'mutation',
      'encryptSmimeMessage',
      { content: { text: 'x' }, certificates: [] },
      ['certificates'],
      /1 to 100/,
    ],
  ] as const;
  for (const [kind, field, input, path, rule] of expected) {
    const { code, message, path: actual, isRetryable, provider } = await problemOf(kind, field, input);
    assert.deepEqual(
      [code, actual, isRetryable, provider],
      ['INVALID_INPUT', ['input', ...path], false, null],
    );
    assert.match(message, rule);
  }
  const large = { content: { text: 'x'.repeat(1024 * 1024 + 1) }, keys: [key] };
  const { code, path } = await problemOf('mutation', 'encryptPgpMessage', large);
  assert.deepEqual([code, path], ['TOO_LARGE', ['input', 'content']]);
});

const NO_KEY = 'aGVsbG8=';
const TOGETHER: readonly [kind: 'query' | 'mutation', field: string, input: object, paths: string][] = [
  // Written wrongly.
  [
    'query',
    'verifyPgpMessage',
    { message: {}, signature: '?', keys: ['?', key, 'QQ='] },
    'message keys.0 keys.2 signature',
  ],
  ['query', 'verifyPgpMessage', { signature: '?', keys: ['?', key, 'QQ='] }, 'keys.0 keys.2 signature'],
  [
    'query',
    'verifySmimeMessage',
    { message: { base64: '?' }, signature: 'QQ=', trusted: ['?', '?'] },
    'message.base64 trusted.0 trusted.1 signature',
  ],
  ['query', 'verifySmimeMessage', { signature: 'QQ=', trusted: ['?', '?'] }, 'trusted.0 trusted.1 signature'],
  ['mutation', 'encryptPgpMessage', { content: {}, keys: ['?', key, ' '] }, 'content keys.0 keys.2'],
  [
    'mutation',
    'encryptSmimeMessage',
    { content: { base64: 'QQ=' }, certificates: ['?', ''] },
    'content.base64 certificates.0 certificates.1',
  ],
  // Something else than it should be.
  [
    'query',
    'verifyPgpMessage',
    { message: { text: 'x' }, keys: [NO_KEY, key, privateKey.armor()] },
    'keys.0 keys.2 message',
  ],
  [
    'query',
    'verifySmimeMessage',
    { message: { text: 'x' }, trusted: [NO_KEY, NO_KEY] },
    'trusted.0 trusted.1 message',
  ],
  [
    'mutation',
    'encryptPgpMessage',
    { content: { text: 'x' }, form: 'MAIL', keys: [NO_KEY, key, NO_KEY] },
    'keys.0 keys.2 content',
  ],
  [
    'mutation',
    'encryptSmimeMessage',
    { content: { text: 'x' }, form: 'MAIL', certificates: [NO_KEY, NO_KEY] },
    'certificates.0 certificates.1 content',
  ],
];
test('of several things that are wrong none is kept back', async (t) => {
  const { ask } = await open(t);
  for (const [kind, field, input, paths] of TOGETHER) {
    const { problems } = await ask(kind, field, input, 'problems { code path }');
    const told = (problems as Answer[]).map(({ code, path }) => {
      assert.equal(code, 'INVALID_INPUT');
      return (path as string[]).slice(1).join('.');
    });
    assert.equal(told.join(' '), paths, `${field} ${JSON.stringify(input).slice(0, 200)}`);
  }
});

test('Base64 is taken as it is written, padded, in lines or not, and nothing else is', async (t) => {
  const { ask } = await open(t);
  const read = async (base64: string): Promise<string> => {
    const { message, problem } = await ask(
      'mutation',
      'encryptPgpMessage',
      { content: { base64 }, keys: [key] },
      'message { sizeBytes } problem { reason }',
    );
    return message ? 'taken' : `${problem.reason} ${(problem.path as string[]).join('.')}`;
  };
  for (const good of ['QQ==', 'QUE=', 'QUFB', 'Q\r\nQ =\n=', '+/+/'])
    assert.equal(await read(good), 'taken', good);
  for (const bad of ['QQ=', 'QQ', 'QQ===', 'QUE', 'Q', '====', 'QR==', '-_-_', 'QQ==QQ==', 'Q.Q=='])
    assert.equal(await read(bad), 'MALFORMED input.content.base64', bad);
  for (const empty of ['', ' ', '\r\n']) assert.equal(await read(empty), 'BLANK input.content', empty);
});

test('a signed message is verified with the keys of the caller, and its content given back', async (t) => {
  const { ask } = await open(t);
  const message = await createCleartextMessage({ text: 'Zwölf' });
  const text = await sign({ message, signingKeys: privateKey, date: SIGNED });
  const fields =
    'report { form isVerified content { text base64 sizeBytes } signatures { outcome signedAt userIds } }';
  const verify = async (changed: string, keys: string[]) =>
    (await ask('query', 'verifyPgpMessage', { message: { text: changed }, keys }, fields)).report as Answer;
  assert.deepEqual(await verify(text, [key]), {
    form: 'CLEARTEXT',
    isVerified: true,
    content: { text: 'Zwölf', base64: Buffer.from('Zwölf').toString('base64'), sizeBytes: 6 },
    signatures: [{ outcome: 'GOOD', signedAt: SIGNED, userIds: ['Berta <berta@example.com>'] }],
  });
  const outcome = async (...request: Parameters<typeof verify>) => {
    const { isVerified, signatures } = await verify(...request);
    return [isVerified, (signatures as Answer[])[0]?.['outcome']];
  };
  assert.deepEqual(await outcome(text.replace('Zwölf', 'Elf'), [key]), [false, 'BAD']);
  assert.deepEqual(await outcome(text, []), [false, 'KEY_MISSING']);
});

test('an S/MIME signature is verified against whom the caller trusts', async (t) => {
  const { ask } = await open(t);
  const { authority, certificate, privateKey } = await mailIdentity();
  const der = await signDetached(Buffer.from('Zwölf'), certificate, privateKey, SIGNED);
  const fields = 'report { form isVerified signatures { outcome signedAt certificate { emails serial } } }';
  const verify = async (trusted: string[], text = 'Zwölf') => {
    const input = { message: { text }, signature: der.toString('base64'), trusted };
    const { isVerified, signatures } = (await ask('query', 'verifySmimeMessage', input, fields))
      .report as Answer;
    return [isVerified, (signatures as Answer[])[0]?.['outcome']];
  };
  assert.deepEqual(await verify([authority]), [true, 'GOOD']);
  assert.deepEqual(await verify([]), [false, 'NOT_TRUSTED']);
  assert.deepEqual(await verify([authority], 'Elf'), [false, 'BAD']);
  const { certificate: facts } = await ask(
    'query',
    'inspectCertificate',
    { certificate },
    'certificate { emails notAfter isExpired keyUsage extendedKeyUsage }',
  );
  assert.deepEqual(facts, {
    emails: ['anton@example.com'],
    notAfter: new Date('2036-01-01T00:00:00Z'),
    isExpired: false,
    keyUsage: ['digitalSignature', 'keyEncipherment'],
    extendedKeyUsage: ['emailProtection'],
  });
});

test('what was encrypted to a key or certificate is opened by its holder', async (t) => {
  const { ask } = await open(t);
  const content = { text: 'Zwölf' };
  const pgp = await ask('mutation', 'encryptPgpMessage', { content, keys: [key] }, 'message { text }');
  const message = await readMessage({ armoredMessage: String(pgp['message'].text) });
  const { data } = await decrypt({ message, decryptionKeys: privateKey, date: SIGNED });
  assert.equal(data, 'Zwölf');
  const { certificate, privateKey: rsa } = await mailIdentity();
  const input = { content, certificates: [certificate], form: 'DER', keyTransport: 'OAEP' };
  const smime = await ask('mutation', 'encryptSmimeMessage', input, 'message { text base64 }');
  assert.equal(smime['message'].text, null, 'bytes are no text');
  const der = Buffer.from(String(smime['message'].base64), 'base64');
  const certificateDer = Buffer.from(certificate.replace(/-----[^-]+-----/g, ''), 'base64');
  const pkcs8 = rsa.export({ type: 'pkcs8', format: 'der' });
  assert.equal(await openEnvelope(der, certificateDer, pkcs8), 'Zwölf');
});

test('a large mail is sent with a ticket, once, and the answer is the encrypted mail', async (t) => {
  const { ask, tickets, logger } = await open(t);
  const route = ticketRoute({ tickets, logger, corsOrigins: [] });
  const server = await startServer(t, (request, response) => void route(request, response));
  const { ticket } = await ask(
    'mutation',
    'encryptPgpMessage',
    { keys: [key], form: 'MAIL' },
    'ticket { url method maxBytes expiresAt }',
  );
  const { url, method, maxBytes } = ticket as Answer;
  assert.deepEqual([method, maxBytes], ['PUT', 32 * 1024 * 1024]);
  const inner = `Content-Type: text/plain\r\n\r\n${'0123456789abcdef'.repeat(200_000)}\r\n`;
  const send = () => fetch(`${server.url}${String(url)}`, { method: 'PUT', body: `Subject: x\r\n${inner}` });
  const answer = await send();
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'message/rfc822']);
  const mail = await answer.text();
  assert.match(mail, /^Subject: x\r\nMIME-Version: 1\.0\r\nContent-Type: multipart\/encrypted;/);
  const armoredMessage = mail.slice(
    mail.indexOf('-----BEGIN'),
    mail.indexOf('-----END PGP MESSAGE-----') + 25,
  );
  const { data } = await decrypt({
    message: await readMessage({ armoredMessage }),
    decryptionKeys: privateKey,
    date: SIGNED,
    format: 'binary',
  });
  assert.equal(Buffer.from(data).toString(), inner);
  assert.equal((await send()).status, 404, 'a ticket is good once');
});

test('a large signed message is verified with a ticket, and the answer is the report', async (t) => {
  const { ask, tickets, logger } = await open(t);
  const route = ticketRoute({ tickets, logger, corsOrigins: [] });
  const server = await startServer(t, (request, response) => void route(request, response));
  const send = async (field: string, input: object, body: string) => {
    const { ticket } = await ask('query', field, input, 'ticket { url }');
    const answer = await fetch(`${server.url}${String(ticket.url)}`, { method: 'PUT', body });
    return [answer.status, (await answer.json()) as Answer] as const;
  };
  const text = 'Zwölf Euro. '.repeat(200_000);
  const message = await createCleartextMessage({ text });
  const signed = await sign({ message, signingKeys: privateKey, date: SIGNED });
  const [status, report] = await send('verifyPgpMessage', { keys: [key] }, signed);
  assert.equal(status, 200);
  // What ends a line is no part of what was signed.
  assert.deepEqual(report, {
    form: 'CLEARTEXT',
    isVerified: true,
    isWhole: true,
    sender: null,
    content: { sizeBytes: Buffer.byteLength(text.trimEnd()) },
    signatures: [
      {
        outcome: 'GOOD',
        reason: null,
        signedAt: SIGNED.toISOString(),
        isBySender: null,
        hashAlgorithm: 'sha512',
        keyId: BigInt.asIntN(64, BigInt(`0x${privateKey.getKeyID().toHex()}`)).toString(),
        keyIdHex: privateKey.getKeyID().toHex(),
        fingerprint: privateKey.getFingerprint(),
        userIds: ['Berta <berta@example.com>'],
        isKeyExpired: false,
        isKeyRevoked: false,
      },
    ],
  });
  const { authority, certificate, privateKey: rsa } = await mailIdentity();
  const der = await signDetached(Buffer.from(text), certificate, rsa, SIGNED);
  const input = { signature: der.toString('base64'), trusted: [authority] };
  assert.equal((await send('verifySmimeMessage', input, text))[1]['isVerified'], true);
  assert.equal((await send('verifySmimeMessage', input, `${text}!`))[1]['isVerified'], false);
  const [refused, { error }] = await send('verifyPgpMessage', { keys: ['aGVsbG8='] }, signed);
  assert.deepEqual([refused, error.code], [400, 'INVALID_INPUT']);
});

test('a caller without the scope to read gets none of it', async (t) => {
  const { run } = await open(t);
  const documents = [
    'query { inspectPgpKey(input: {key: "x"}) { problem { code } } }',
    'query { inspectCertificate(input: {certificate: "x"}) { problem { code } } }',
    'query { verifyPgpMessage(input: {message: {text: "x"}, keys: []}) { problem { code } } }',
    'query { verifySmimeMessage(input: {message: {text: "x"}, trusted: []}) { problem { code } } }',
    'mutation { encryptPgpMessage(input: {keys: []}) { problem { code } } }',
    'mutation { encryptSmimeMessage(input: {certificates: []}) { problem { code } } }',
  ];
  for (const document of documents) {
    const { errors } = await run(document, {}, { scopes: [] });
    assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN', document);
  }
});
