import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADA, at, DEVICE, ok, OTTO, refused, startWorld, textAt } from './wire.js';

test('both discovery calls answer, without a token, the URL as plain text with a trailing slash', async (t) => {
  const { anonymous, simulator, control } = await startWorld(t);
  for (const path of ['/services/acme/portal/host', '/services/acme/sendsecure/server/url']) {
    const answer = await anonymous.get(path);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'text/plain');
    assert.equal(answer.text, `${simulator.url}/`);
    refused(await anonymous.get(path.replace('acme', 'nobody')), 404, {
      message: 'The requested URL cannot be found.',
    });
  }
  control.changeDialect({ trailingSlash: false });
  assert.equal((await anonymous.get('/services/acme/portal/host')).text, simulator.url);
});

test('the token call takes all three encodings and repeats the token of one device', async (t) => {
  const { anonymous } = await startWorld(t);
  const fields = { ...DEVICE, ...ADA };
  const multipartBody = Object.entries(fields)
    .map(([name, value]) => `--X\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('');
  const bodies = [
    ['application/json', JSON.stringify({ ...fields, otp: '' })],
    ['application/json', JSON.stringify({ ...fields, otp: null })],
    ['application/x-www-form-urlencoded', `${new URLSearchParams(fields).toString()}&otp`],
    ['multipart/form-data; boundary=X', `${multipartBody}--X--\r\n`],
  ] as const;
  const tokens = new Set<string>();
  for (const [type, body] of bodies) {
    for (const path of ['/api/user_token', '/api/user_token.json']) {
      const answer = ok(await anonymous.call('POST', path, { body, headers: { 'Content-Type': type } }));
      assert.equal(at(answer, 'result'), true);
      assert.equal(at(answer, 'user_id'), 123);
      tokens.add(textAt(answer, 'token'));
    }
  }
  assert.equal(tokens.size, 1);
  assert.match([...tokens].join(), /^USER\|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const other = ok(await anonymous.post('/api/user_token', { ...fields, device_id: 'another' }));
  assert.ok(!tokens.has(textAt(other, 'token')));
});

test('a refused sign-in says why by its code', async (t) => {
  const { anonymous, control } = await startWorld(t);
  const { otp: _otp, ...withoutOtp } = OTTO;
  const cases: readonly (readonly [change: object, status: number, code: number])[] = [
    [{ permalink: 'nobody' }, 400, 101],
    [{ permalink: null }, 400, 101],
    [{ password: 'wrong' }, 401, 102],
    [{ username: 'nobody' }, 401, 102],
    [{ application_type: '' }, 400, 103],
    [{ device_id: null }, 400, 104],
    [{ device_name: '' }, 400, 105],
    [withoutOtp, 401, 106],
    [{ ...OTTO, otp: '111111' }, 401, 106],
  ];
  for (const [change, status, code] of cases) {
    const answer = await anonymous.post('/api/user_token', { ...DEVICE, ...ADA, ...change });
    assert.equal(answer.status, status, JSON.stringify(change));
    assert.equal(at(answer.json, 'result'), false);
    assert.equal(at(answer.json, 'code'), code);
    textAt(answer.json, 'message');
  }
  refused(await anonymous.post('/api/user_token', { ...DEVICE, ...ADA, password: 'x' }), 401, {
    result: false,
    message: 'invalid credentials',
    code: 102,
  });
  control.changeDialect({ badCredentialsStatus: 400 });
  assert.equal((await anonymous.post('/api/user_token', { ...DEVICE, ...ADA, password: 'x' })).status, 400);
  ok(await anonymous.post('/api/user_token', { ...DEVICE, ...OTTO }));
  refused(await anonymous.post('/api/other', {}), 404, { status: '404', error: 'Not Found' });
});
