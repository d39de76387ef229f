import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  cookiesOf,
  exchange,
  failure,
  failureCode,
  json,
  keyRings,
  startGuard,
  USER_AGENT,
} from './wire.js';

test('a sign-in answers the session and three cookies whose names the server chooses', async (t) => {
  const { base } = await startGuard(t);
  const answer = await exchange('POST', `${base}/login`, {
    query: { action: 'login' },
    form: { name: 'anton@example.com', password: 'appsuite-pw' },
  });
  const session = String(at(answer, 'session'));
  assert.match(session, /^[0-9a-f]{32}$/);
  assert.deepEqual(json(answer), {
    session,
    user: 'anton@example.com',
    user_id: 7,
    context_id: 1,
    locale: 'en_US',
  });
  const cookies = cookiesOf(answer).split('; ');
  assert.match(cookies[0] ?? '', /^JSESSIONID=\d+\.APP1$/);
  assert.match(cookies[1] ?? '', /^open-xchange-secret-[\w-]+=[0-9a-f]{32}$/);
  assert.match(cookies[2] ?? '', /^open-xchange-public-session-[\w-]+=[0-9a-f]{32}$/);
});

test('a sign-in with a wrong password, or for nobody, is status 200 with an error', async (t) => {
  const { base } = await startGuard(t);
  const login = (form: Record<string, string>) =>
    exchange('POST', `${base}/login`, { query: { action: 'login' }, form });
  const wrong = await login({ name: 'anton@example.com', password: 'wrong' });
  const nobody = await login({ name: 'nobody@example.com', password: 'appsuite-pw' });
  const guest = await login({ name: 'guest1@outside.example', password: 'appsuite-pw' });
  assert.deepEqual([wrong, nobody, guest].map(failureCode), ['LGI-0006', 'LGI-0006', 'LGI-0006']);
  assert.equal(wrong.headers['set-cookie'], undefined);
});

test('a sign-in with the password in the URL is refused', async (t) => {
  const { base } = await startGuard(t);
  const query = { action: 'login', name: 'anton@example.com', password: 'appsuite-pw' };
  assert.equal(failureCode(await exchange('POST', `${base}/login`, { query })), 'SVL-0002');
});

test('neither half of a session is enough', async (t) => {
  const { base, signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const berta = await signIn('berta');
  const keys = (query: Record<string, string>, cookie: string) =>
    exchange('GET', `${base}/oxguard/keys`, { query: { action: 'getKeys', ...query }, headers: { cookie } });
  assert.equal((await keyRings(anton)).length, 2);
  const onlySession = await keys({ session: anton.id }, '');
  const onlyCookies = await keys({}, anton.cookie);
  const mixed = await keys({ session: anton.id }, berta.cookie);
  const unknown = await keys({ session: '0'.repeat(32) }, anton.cookie);
  for (const answer of [onlySession, onlyCookies, mixed, unknown])
    assert.equal(failureCode(answer), 'SES-0203');
  const { category, categories, error_params } = failure(onlySession);
  assert.deepEqual(
    { category, categories, error_params },
    { category: 4, categories: 'TRY_AGAIN', error_params: [anton.id] },
  );
});

test('the secret cookie alone is what counts, but with the User-Agent it was made for', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const secret = anton.cookie.split('; ').find((cookie) => cookie.startsWith('open-xchange-secret-')) ?? '';
  const withAgent = (agent: string) =>
    anton.keys('GET', 'hasKeys', { headers: { cookie: secret, 'user-agent': agent } });
  assert.deepEqual(json(await withAgent(USER_AGENT)), { data: { hasPrivateKey: true, hasPublicKey: true } });
  assert.equal(failureCode(await withAgent('another/2.0')), 'SES-0203');
});

test('a session ends after an hour without a call, and each call keeps it alive', async (t) => {
  const { signIn, control } = await startGuard(t);
  const anton = await signIn('anton');
  for (let call = 0; call < 3; call++) {
    await control.advanceClock({ ms: 59 * 60_000 });
    assert.equal((await keyRings(anton)).length, 2);
  }
  await control.advanceClock({ ms: 60 * 60_000 });
  assert.equal(failureCode(await anton.keys('GET', 'getKeys')), 'SES-0203');
});

test('a sign-out is 200 for the one who holds the session and 403 for others', async (t) => {
  const { base, signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const logout = (cookie: string) =>
    exchange('GET', `${base}/login`, { query: { action: 'logout', session: anton.id }, headers: { cookie } });
  assert.equal((await logout('')).status, 403);
  assert.equal((await logout(anton.cookie)).status, 200);
  assert.equal(failureCode(await anton.keys('GET', 'getKeys')), 'SES-0203');
  assert.equal((await logout(anton.cookie)).status, 403);
});

test('an unknown action is status 500 in plain words, and so is the wrong method of a known one', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  for (const answer of [
    await anton.keys('GET', 'noSuchAction'),
    await anton.keys('POST', ''),
    await anton.keys('GET', 'create'),
    await anton.login('DELETE', 'login'),
  ]) {
    assert.deepEqual([answer.status, answer.text], [500, 'unknown action']);
    assert.match(String(answer.headers['content-type']), /^text\/plain/);
  }
});

test('an unknown module is status 404, and the middleware has an envelope for an unknown action', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  assert.equal((await anton.call('GET', 'oxguard/nothing', 'getKeys')).status, 404);
  assert.equal((await anton.call('GET', 'nothing', 'getKeys')).status, 404);
  assert.equal(failureCode(await anton.call('GET', 'guard-json', 'nothing')), 'SVL-0001');
});

test('actions are compared without regard to case, and backends see the address without its prefix', async (t) => {
  const { base, signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const origin = new URL(base).origin;
  for (const url of [
    `${origin}/appsuite/api/oxguard/keys`,
    `${origin}/api/oxguard/keys`,
    `${origin}/ajax/oxguard/keys`,
    `${origin}/oxguard/keys`,
  ]) {
    const query = { action: 'HASKEYS', session: anton.id };
    const answer = await exchange('GET', url, { query, headers: { cookie: anton.cookie } });
    assert.deepEqual(json(answer), { data: { hasPrivateKey: true, hasPublicKey: true } }, url);
  }
});

test('a POST may carry its parameters in the query or the form, other methods in the query alone', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const wanted = { keyType: 'public' };
  const inQuery = await anton.keys('POST', 'getKey', { query: wanted });
  const inForm = await anton.keys('POST', 'getKey', { form: wanted });
  assert.deepEqual(json(inQuery), json(inForm));
  const refused = await anton.keys('PUT', 'inlineExternalPublicKey', {
    form: { keyids: 'x', inline: 'true' },
  });
  assert.equal(failureCode(refused), 'GRD-CORE-0002');
});
