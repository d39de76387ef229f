import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { SEND, startWorld, statuses } from './wire.js';

interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

test('the control port does what the control object does', async (t) => {
  const { simulator, wire } = await startWorld(t);
  const { messageId } = await wire.send(['pbmId1']);
  const post = (verb: string, body: object): Promise<ControlAnswer> =>
    call(simulator.controlUrl, 'POST', `/${verb}`, body);

  assert.deepEqual(await post('setStatus', { messageId, userId: 'pbmId1', status: 'DOWNLOADED' }), {
    status: 200,
    body: null,
  });
  assert.deepEqual(statuses(await wire.track(messageId)), ['DOWNLOADED']);
  await post('advanceClock', { ms: 300_000 });
  assert.deepEqual(statuses(await wire.track(messageId)), ['NOT_SEEN']);
  await post('revokeCertificate', { certificate: 'app-a' });
  assert.equal((await wire.post(SEND)).status, 420);
  await post('restoreCertificate', { certificate: 'app-a' });
  await post('injectFault', { status: 500 });
  assert.equal((await wire.post(SEND)).status, 500);
  const calls = await call(simulator.controlUrl, 'GET', '/calls');
  assert.deepEqual(calls.body, { sendMessage: 3, trackMessage: 2 });
});

test('the list shows what the phones show, newest first', async (t) => {
  const { simulator, wire } = await startWorld(t);
  await wire.send(['nodevice@x.test'], { subject: 'first', body: null });
  const second = await wire.send(['anna@example.test'], { subject: 'second', body: 'text', type: 'esign' });
  const { body } = await call(simulator.controlUrl, 'GET', '/messages');
  assert.ok(Array.isArray(body) && body.length === 2);
  assert.deepEqual(body[0], {
    messageId: second.messageId,
    secureId: second.secureId,
    application: '1.3.6.1.4.1.21528.3.3.2.9045.2.10111',
    type: 'esign',
    subject: 'second',
    body: 'text',
    callbackUrl: null,
    createdAt: '2026-03-01T10:00:00.000Z',
    expirationDate: second.expirationDate,
    recipients: [{ userId: 'anna@example.test', status: 'PENDING' }],
  });
});

test('a wrong use of the control port says what is wrong and changes nothing', async (t) => {
  const { simulator, wire, control } = await startWorld(t);
  const { messageId } = await wire.send(['pbmId1']);
  const uses: readonly (readonly [
    method: string,
    path: string,
    body: unknown,
    status: number,
    says: RegExp,
  ])[] = [
    ['POST', '/setStatus', { messageId, userId: 'pbmId1', status: 'HAPPY' }, 400, /status/],
    ['POST', '/setStatus', { messageId, userId: 'pbmId9', status: 'SEEN' }, 400, /recipient/],
    ['POST', '/setStatus', { messageId: 'x', userId: 'pbmId1', status: 'SEEN' }, 400, /no message/],
    ['POST', '/setStatus', { messageId, userId: 'pbmId1', status: 'SEEN', more: 1 }, 400, /more/],
    ['POST', '/advanceClock', { ms: -1 }, 400, /ms/],
    ['POST', '/injectFault', { status: 99 }, 400, /status/],
    ['POST', '/constructor', {}, 404, /unknown verb/],
    ['GET', '/toString', undefined, 404, /unknown noun/],
    ['PUT', '/calls', {}, 405, /GET or POST/],
  ];
  for (const [method, path, body, status, says] of uses) {
    const answer = await call(simulator.controlUrl, method, path, body);
    assert.equal(answer.status, status, `${method} ${path}`);
    assert.match(JSON.stringify(answer.body), says);
  }
  assert.deepEqual(statuses(await wire.track(messageId)), ['PENDING']);
  assert.equal(control.time(), '2026-03-01T10:00:00.000Z');
});

test('a web page cannot use the control port', async (t) => {
  const { simulator, control } = await startWorld(t);
  const { controlUrl } = simulator;
  for (const headers of [
    { Origin: 'https://evil.example' },
    { Origin: controlUrl },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { Host: 'evil.example' },
    { Host: '127.0.0.1.evil.example' },
  ]) {
    for (const [method, path] of [
      ['POST', '/advanceClock'],
      ['GET', '/messages'],
    ] as const) {
      const answer = await call(controlUrl, method, path, { ms: 1000 }, headers);
      assert.equal(answer.status, 403, JSON.stringify(headers));
    }
  }
  assert.equal(control.time(), '2026-03-01T10:00:00.000Z');
});

test('the control port describes itself and is no part of the messaging API', async (t) => {
  const { simulator, wire } = await startWorld(t);
  const description = await call(simulator.controlUrl, 'GET', '/');
  assert.match(JSON.stringify(description.body), /"\/setStatus":.*"APPROVED"/);
  assert.equal(new URL(simulator.controlUrl).hostname, '127.0.0.1');
  assert.notEqual(new URL(simulator.controlUrl).port, new URL(simulator.url).port);
  assert.equal((await wire.call('POST', '/advanceClock')).status, 404);
});

function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: object = {},
): Promise<ControlAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, path, headers: { ...headers }, timeout: 20_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', reject);
    sent.end(method === 'GET' ? undefined : JSON.stringify(body));
  });
}
