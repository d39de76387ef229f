import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { assertBusinessError, sessionInfo, startWorld, statuses, type World } from './wire.js';

test("Ruby's exact body without a subject is accepted", async (t) => {
  const { wire } = await startWorld(t);
  const text =
    '{"recipients":["pbmId1","pbmId2","pbmId3"],"subject":null,"body":"message","availability":60,"type":"message","callbackUrl":null}';
  const headers = { 'X-Pbm-Api-Version': '1', 'Content-Type': 'application/json', Accept: '*/*' };
  assert.deepEqual(statuses(sessionInfo(await wire.post(text, headers))), ['PENDING', 'PENDING', 'PENDING']);
});

test('raw UTF-8 (Ruby) and \\u escapes (Python, PHP) mean the same text', async (t) => {
  const { wire, control } = await startWorld(t);
  const raw =
    '{"recipients":["zoë@x.test"],"subject":"Fizetés ✓","body":"","availability":60,"type":"message"}';
  const escaped = raw.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  assert.notEqual(raw, escaped);
  for (const text of [raw, escaped]) {
    assert.equal(sessionInfo(await wire.post(text)).recipients[0]?.userId, 'zoë@x.test');
  }
  assert.deepEqual(
    control.messages().map(({ subject }) => subject),
    ['Fizetés ✓', 'Fizetés ✓'],
  );
});

for (const contentType of ['application/x-www-form-urlencoded', 'text/plain', undefined]) {
  test(`JSON labelled ${contentType ?? 'with nothing'} is read as JSON (PHP)`, async (t) => {
    const { wire } = await startWorld(t);
    const body =
      '{"recipients":["john.doe@passbyme.com"],"subject":"","body":"","availability":300,"type":"authorization"}';
    const label = contentType === undefined ? {} : { 'Content-Type': contentType };
    const answer = await wire.call('POST', '/frontend/messages', {
      headers: { 'X-PBM-API-VERSION': '1', ...label },
      body,
    });
    assert.deepEqual(statuses(sessionInfo(answer)), ['PENDING']);
  });
}

for (const [method, status] of [
  ['GET', 'PENDING'],
  ['DELETE', 'CANCELLED'],
] as const) {
  test(`a body sent again with ${method} is ignored and the connection stays in step (PHP)`, async (t) => {
    const { wire, control, connect } = await startWorld(t);
    const { messageId } = await wire.send(['pbmId1']);
    const single = await connect('app-a', { maxSockets: 1 });
    for (const body of [
      '{"recipients":["x"],"availability":300,"type":"authorization"}',
      'not JSON',
      'x'.repeat(100_000),
    ]) {
      const headers = {
        'X-PBM-API-VERSION': '1',
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': body.length,
      };
      const answer = await single.call(method, `/frontend/messages/${messageId}`, { headers, body });
      assert.deepEqual(statuses(sessionInfo(answer)), [status]);
    }
    assert.equal(control.messages().length, 1);
  });
}

test('the id resolves with a raw @ (SDKs) and percent-encoded (WordPress)', async (t) => {
  const { wire } = await startWorld(t);
  const sent = await wire.send(['pbmId1']);
  assert.ok(sent.messageId.startsWith('@'));
  const everything = [...sent.messageId].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('');
  for (const id of [sent.messageId, encodeURIComponent(sent.messageId), everything]) {
    assert.deepEqual(await wire.track(id), sent);
  }
  assert.deepEqual(statuses(await wire.cancel(encodeURIComponent(sent.messageId))), ['CANCELLED']);
});

test('neither Accept nor User-Agent nor any header but the version is needed (Python)', async (t) => {
  const world = await startWorld(t);
  const { messageId } = await world.wire.send(['pbmId1']);
  const headers = { 'X-PBM-API-VERSION': '1' };
  assert.equal((await world.wire.call('GET', `/frontend/messages/${messageId}`, { headers })).status, 200);
});

test('send, track and cancel share one connection, which is kept for at least a minute (Python)', async (t) => {
  const { wire } = await startWorld(t);
  const sockets = new Set<string>();
  wire.agent.on('free', (socket: TLSSocket) => sockets.add(`${socket.localPort}`));
  const { messageId } = await wire.send(['pbmId1']);
  await wire.track(messageId);
  await wire.cancel(messageId);
  const { headers } = await wire.call('GET', `/frontend/messages/${messageId}`);
  assert.equal(sockets.size, 1);
  const seconds = /timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1];
  assert.ok(Number(seconds) >= 60, `keep-alive for ${seconds} s`);
});

test('an error answer keeps the connection usable (Python)', async (t) => {
  const { wire } = await startWorld(t);
  const sockets = new Set<string>();
  wire.agent.on('free', (socket: TLSSocket) => sockets.add(`${socket.localPort}`));
  assertBusinessError(await wire.post('{'), 'MALFORMED_INPUT');
  assert.equal((await wire.call('GET', '/nowhere')).status, 404);
  await wire.send(['pbmId1']);
  assert.equal(sockets.size, 1);
});

const BROKEN_ANSWERS = [
  { status: 500, body: '' },
  { status: 420, body: '' },
  { status: 420, body: 'not JSON', contentType: 'text/plain' },
  { status: 420, body: '{"code": 421}' },
  { status: 200, body: '' },
  { status: 201, body: '{}' },
  { status: 403, body: 'no', contentType: 'text/html; charset=utf-8' },
];

for (const fault of BROKEN_ANSWERS) {
  test(`the broken answer of the SDK tests can be produced: ${fault.status} with ${fault.body || 'an empty body'}`, async (t) => {
    const world: World = await startWorld(t);
    world.control.injectFault(fault);
    const answer = await world.wire.post({ recipients: ['pbmId1'], availability: 60, type: 'message' });
    assert.equal(answer.status, fault.status);
    assert.equal(answer.text, fault.body);
    assert.equal(answer.headers['content-type'], fault.contentType ?? 'application/json; charset=utf-8');
    assert.equal((await world.wire.send(['pbmId1'])).recipients.length, 1);
  });
}
