import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  contentOf,
  envelope,
  field,
  INVALID,
  NAMESPACE,
  pathOf,
  SOAP_NAMESPACE,
  startWorld,
  SUCCESS,
  type WireAnswer,
} from './wire.js';

const SERVER_TIME = `<GetServerTimeRequest xmlns="${NAMESPACE}"><requestId>gst_000001</requestId></GetServerTimeRequest>`;
const TIME = `${SUCCESS}<timestamp>2026-03-01T10:00:00.000Z</timestamp>`;

function assertFault(answer: WireAnswer, code = 'Client'): void {
  assert.equal(answer.status, 500, answer.text);
  assert.equal(answer.headers['content-type'], 'text/xml;charset=utf-8');
  const pattern = new RegExp(
    `^<\\?xml version='1.0' encoding='UTF-8'\\?><S:Envelope xmlns:S="${SOAP_NAMESPACE}"><S:Body><S:Fault>` +
      `<faultcode>S:${code}</faultcode><faultstring>[^<]+</faultstring></S:Fault></S:Body></S:Envelope>$`,
  );
  assert.match(answer.text, pattern);
}

test('the whole message of the guide is answered as the recorded service answers', async (t) => {
  const { wire } = await startWorld(t);
  const message = `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="${SOAP_NAMESPACE}"
               xmlns:vip="${NAMESPACE}">
  <soap:Body>
    <vip:GetServerTimeRequest><vip:requestId>gst_000001</vip:requestId></vip:GetServerTimeRequest>
  </soap:Body>
</soap:Envelope>`;
  const answer = await wire.post('Query', message);
  assert.equal(contentOf(answer, 'GetServerTimeResponse', 'gst_000001'), TIME);
});

test('without a client certificate, or with one of another authority, the handshake fails', async (t) => {
  const { connect } = await startWorld(t);
  for (const label of [undefined, 'foreign']) {
    const stranger = await connect(label);
    await assert.rejects(stranger.post('Query', envelope(SERVER_TIME)), {
      code: /^(ERR_SSL_|ECONNRESET|EPIPE)/,
    });
  }
});

test('versions 1.7 and 1.8 have paths of their own and others do not exist', async (t) => {
  const { wire } = await startWorld(t);
  for (const version of [7, 8]) {
    const answer = await wire.post('Query', envelope(SERVER_TIME), {}, version);
    assert.equal(contentOf(answer, 'GetServerTimeResponse', 'gst_000001'), TIME);
  }
  assert.equal((await wire.post('Query', envelope(SERVER_TIME), {}, 1)).status, 404);
  assert.equal((await wire.http('POST', '/vipuserservices/Query')).status, 404);
  assert.equal((await wire.http('GET', pathOf('Query'))).status, 405);
});

const TOLERATED: readonly (readonly [what: string, headers: Record<string, string>, body: string])[] = [
  ['an empty SOAPAction', { SOAPAction: '' }, envelope(SERVER_TIME)],
  ['a SOAPAction of another operation', { SOAPAction: '"createUser"' }, envelope(SERVER_TIME)],
  ['ISO-8859-1', { 'Content-Type': 'text/xml; charset=ISO-8859-1' }, envelope(SERVER_TIME)],
  ['a nonsensical Content-Encoding', { 'Content-Encoding': 'charset=utf-8' }, envelope(SERVER_TIME)],
  ['an offer of gzip', { 'Accept-Encoding': 'gzip,deflate' }, envelope(SERVER_TIME)],
  ['chunks', { 'Transfer-Encoding': 'chunked' }, envelope(SERVER_TIME)],
  [
    'comments and white space',
    {},
    envelope(`\n <!-- a --> ${SERVER_TIME.replaceAll('><', '>\n<!-- b --><')}`),
  ],
  [
    'an empty header and other prefixes',
    {},
    `<x:Envelope xmlns:x="${SOAP_NAMESPACE}"><x:Header/><x:Body><v:GetServerTimeRequest xmlns:v="${NAMESPACE}"><v:requestId>gst_000001</v:requestId></v:GetServerTimeRequest></x:Body></x:Envelope>`,
  ],
];

for (const [what, headers, body] of TOLERATED) {
  test(`the service tolerates ${what}`, async (t) => {
    const { wire } = await startWorld(t);
    const answer = await wire.post('Query', body, headers);
    assert.equal(contentOf(answer, 'GetServerTimeResponse', 'gst_000001'), TIME);
  });
}

test('the service tolerates that there is neither SOAPAction nor content type', async (t) => {
  const { wire } = await startWorld(t);
  const answer = await wire.http('POST', pathOf('Query'), { body: envelope(SERVER_TIME) });
  assert.equal(contentOf(answer, 'GetServerTimeResponse', 'gst_000001'), TIME);
});

test('the charset of the content type decides how bytes are read', async (t) => {
  const { wire } = await startWorld(t);
  const create = (id: string): string =>
    envelope(
      `<CreateUserRequest xmlns="${NAMESPACE}"><requestId>cu_0001</requestId><userId>${id}</userId></CreateUserRequest>`,
    ).replace(' encoding="utf-8"', '');
  const latin = await wire.post('Management', Buffer.from(create('jörg@example.com'), 'latin1'), {
    'Content-Type': 'text/xml; charset=ISO-8859-1',
  });
  assert.equal(contentOf(latin, 'CreateUserResponse', 'cu_0001'), SUCCESS);
  const info = await wire.ask('getUserInfo', '<userId>JÖRG@example.com</userId>');
  assert.equal(field(info, 'userId'), 'jörg@example.com');
  assertFault(await wire.post('Management', Buffer.from(create('jörg@example.com'), 'latin1')));
});

const FAULTS: readonly (readonly [what: string, body: string])[] = [
  ['text that is not XML', 'hello'],
  ['an element that is not closed', envelope(SERVER_TIME).replace('</soap:Body>', '')],
  ['an unknown entity', envelope(SERVER_TIME.replace('gst_', '&gst;_'))],
  ['a document type', envelope(SERVER_TIME).replace('?>', '?><!DOCTYPE a [<!ENTITY gst "x">]>')],
  ['no envelope', SERVER_TIME],
  ['an empty body', envelope('')],
  ['two elements in the body', envelope(SERVER_TIME + SERVER_TIME)],
  ['an operation nobody has', envelope(SERVER_TIME.replaceAll('GetServerTime', 'GetServerDate'))],
  ['an operation of another service', envelope(SERVER_TIME.replaceAll('GetServerTime', 'CreateUser'))],
  ['the namespace of version 1.1', envelope(SERVER_TIME.replace('schemas.symantec', 'schemas.verisign'))],
  ['a body of more than 64 KiB', envelope(`${SERVER_TIME}<!--${'x'.repeat(65_536)}-->`)],
];

for (const [what, body] of FAULTS) {
  test(`${what} is answered by a fault`, async (t) => {
    const { wire, control } = await startWorld(t);
    assertFault(await wire.post('Query', body));
    assert.deepEqual(control.calls(), {});
  });
}

test('a message of SOAP 1.2 is answered by a version mismatch', async (t) => {
  const { wire } = await startWorld(t);
  const message = envelope(SERVER_TIME).replace(SOAP_NAMESPACE, 'http://www.w3.org/2003/05/soap-envelope');
  assertFault(await wire.post('Query', message), 'VersionMismatch');
});

test('a request whose own id is not valid is refused under a stand-in id', async (t) => {
  const { wire } = await startWorld(t);
  for (const id of ['abc', 'with-dash', 'x'.repeat(41), '']) {
    const answer = await wire.post('Query', envelope(SERVER_TIME.replace('gst_000001', id)));
    assert.equal(contentOf(answer, 'GetServerTimeResponse', '0000'), INVALID);
  }
});

test('a certificate that was revoked gets no further than a status', async (t) => {
  const { connect } = await startWorld(t);
  const revoked = await connect('revoked');
  assert.equal(
    await revoked.ask('getServerTime', ''),
    '<status>600E</status><statusMessage>Client certificate is revoked.</statusMessage>',
  );
});
