import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertBusinessError, SEND, startWorld } from './wire.js';

const MALFORMED: readonly (readonly [what: string, body: unknown])[] = [
  ['text that is not JSON', 'recipients=anna'],
  ['an empty body', ''],
  ['a JSON list', '[]'],
  ['a JSON text', '"hello"'],
  ['no recipients', { ...SEND, recipients: undefined }],
  ['null recipients', { ...SEND, recipients: null }],
  [
    'the empty list of the WordPress connection test',
    { recipients: [], subject: '', body: '', availability: 300, type: 'authorization' },
  ],
  ['recipients that are one text', { ...SEND, recipients: 'anna@example.test' }],
  ['a recipient that is a number', { ...SEND, recipients: ['anna@example.test', 7] }],
  ['an empty recipient', { ...SEND, recipients: [''] }],
  ['no availability', { ...SEND, availability: undefined }],
  ['availability 0', { ...SEND, availability: 0 }],
  ['a fractional availability', { ...SEND, availability: 1.5 }],
  ['availability as text', { ...SEND, availability: '60' }],
  ['an availability beyond all dates', { ...SEND, availability: 1e15 }],
  ['an unknown type', { ...SEND, type: 'whoa' }],
  ['a type in capitals', { ...SEND, type: 'AUTHORIZATION' }],
  ['no type', { ...SEND, type: undefined }],
  ['a subject of 255 characters', { ...SEND, subject: 'x'.repeat(255) }],
  ['a body of 4095 characters', { ...SEND, body: 'x'.repeat(4095) }],
  ['a subject that is a number', { ...SEND, subject: 7 }],
  ['a callback that is an object', { ...SEND, callbackUrl: {} }],
];

test('every malformed send answers 420 MALFORMED_INPUT with a text and creates nothing', async (t) => {
  const { wire, control } = await startWorld(t);
  for (const [what, body] of MALFORMED) {
    await t.test(what, async () => assertBusinessError(await wire.post(body), 'MALFORMED_INPUT'));
  }
  assert.deepEqual(control.messages(), []);
});

const ACCEPTED: readonly (readonly [what: string, body: unknown])[] = [
  ['only the mandatory keys', { recipients: ['pbmId1'], availability: 1, type: 'message' }],
  ['null texts and callback', { ...SEND, subject: null, body: null, callbackUrl: null }],
  ['empty texts', { ...SEND, subject: '', body: '' }],
  ['unknown keys', { ...SEND, color: 'blue' }],
  ['a callback', { ...SEND, callbackUrl: 'https://callback.example.test/x' }],
  ['texts of the greatest length', { ...SEND, subject: 'x'.repeat(254), body: 'y'.repeat(4094) }],
  ['a subject of 254 characters outside the basic plane', { ...SEND, subject: '😀'.repeat(254) }],
  ['any alias as user id', { ...SEND, recipients: ['Jane  Doe', 'ő@example.test'] }],
];

test('every well-formed send answers 200', async (t) => {
  const { wire } = await startWorld(t);
  for (const [what, body] of ACCEPTED) {
    await t.test(what, async () => assert.equal((await wire.post(body)).status, 200));
  }
});

test('only API version 1 is supported, whatever the case of the header name', async (t) => {
  const { wire } = await startWorld(t);
  for (const version of ['2', '', '1.0']) {
    assertBusinessError(await wire.post(SEND, { 'X-PBM-API-VERSION': version }), 'UNSUPPORTED_API_VERSION');
  }
  assertBusinessError(
    await wire.call('GET', '/frontend/messages/x', { headers: {} }),
    'UNSUPPORTED_API_VERSION',
  );
  assert.equal((await wire.post(SEND, { 'X-Pbm-Api-Version': '1' })).status, 200);
});

test('an unknown path answers 404 and an unknown method 405', async (t) => {
  const { wire } = await startWorld(t);
  for (const path of [
    '/',
    '/messages',
    '/frontend',
    '/frontend/messages/',
    '/frontend/messages/x/y',
    '/frontend/messages/%zz',
  ]) {
    assert.equal((await wire.call('GET', path)).status, 404, path);
  }
  for (const [method, path] of [
    ['GET', '/frontend/messages'],
    ['DELETE', '/frontend/messages'],
    ['PUT', '/frontend/messages/x'],
    ['POST', '/frontend/messages/x'],
  ] as const) {
    assert.equal((await wire.call(method, path)).status, 405, `${method} ${path}`);
  }
});

test('checks come in the order revoked, kind of key, version, route, body, ownership', async (t) => {
  const { wire, connect, control } = await startWorld(t);
  const { messageId } = await wire.send(['pbmId1']);
  const wrong = { 'X-PBM-API-VERSION': '9' };
  const management = await connect('management');
  const appB = await connect('app-b');

  control.revokeCertificate({ certificate: 'management' });
  assertBusinessError(await management.call('PUT', '/nowhere', { headers: wrong }), 'CERTIFICATE_REVOKED');
  control.restoreCertificate({ certificate: 'management' });
  assertBusinessError(await management.call('PUT', '/nowhere', { headers: wrong }), 'FORBIDDEN');
  assertBusinessError(await appB.call('PUT', '/nowhere', { headers: wrong }), 'UNSUPPORTED_API_VERSION');
  assert.equal((await appB.call('PUT', '/nowhere')).status, 404);
  assertBusinessError(await appB.post('not JSON'), 'MALFORMED_INPUT');
  assertBusinessError(await appB.call('GET', `/frontend/messages/${messageId}`), 'INVALID_SESSION_ID');
});

test('a body beyond a mebibyte is refused with 413 and the connection stays usable', async (t) => {
  const { wire } = await startWorld(t);
  const huge = await wire.post({ ...SEND, padding: 'x'.repeat(8 * 1024 * 1024) });
  assert.equal(huge.status, 413);
  assert.equal((await wire.post(SEND)).status, 200);
});
