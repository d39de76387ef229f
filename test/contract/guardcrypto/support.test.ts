import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readKeys } from 'openpgp';
import { currentRing, exchange, failureCode, json, keyAt, keyRings, publicRing, startGuard } from './wire.js';

const HOUR_MS = 3_600_000;

test('support operations want the credentials of their own plane', async (t) => {
  const { base, serve, signIn } = await startGuard(t);
  const query = { email: 'anton@example.com' };
  const bare = await exchange('POST', `${base}/guardsupport`, { query: { action: 'delete_user', ...query } });
  const rest = await serve('REST', 'guardsupport', 'delete_user', { query });
  for (const answer of [bare, rest]) {
    assert.equal(answer.status, 401);
    assert.match(String(answer.headers['www-authenticate']), /^Basic /);
  }
  assert.equal((await keyRings(await signIn('anton'))).length, 2);
});

test('a user’s keys are taken away, by ids or by address', async (t) => {
  const { serve, signIn } = await startGuard(t);
  const [anton, berta] = [await signIn('anton'), await signIn('berta')];
  const token = await anton.authenticate('key-pw');
  const remove = (query: Record<string, string>) =>
    serve('SUPPORT', 'guardsupport', 'delete_user', { query });
  assert.equal(failureCode(await remove({ user_id: '7', cid: '2' })), 'GRD-CORE-0002');
  assert.equal(failureCode(await remove({ email: 'nobody@example.com' })), 'GRD-CORE-0002');
  assert.equal((await remove({ user_id: '7', cid: '1' })).text, 'OK');
  assert.deepEqual(await keyRings(anton), []);
  assert.deepEqual(json(await anton.certificates('GET', 'getCertificates')), { data: { certificates: [] } });
  assert.equal(
    failureCode(await anton.token('PUT', { json: { auth: token, minutesValid: 0 } })),
    'GRD-AUTH-0003',
  );
  assert.equal((await keyRings(berta)).length, 1);
  assert.equal((await remove({ email: 'Berta@example.com' })).text, 'OK');
  assert.deepEqual(await keyRings(berta), []);
});

test('what was deleted can be downloaded from an exposed URL for 168 hours', async (t) => {
  const { serve, signIn, control, base } = await startGuard(t);
  const anton = await signIn('anton');
  const { fingerPrint, id } = keyAt(await currentRing(anton), 0);
  const expose = (query: Record<string, string>) => serve('SUPPORT', 'guardsupport', 'expose_key', { query });
  const query = { email: 'anton@example.com', cid: '1' };
  assert.equal(failureCode(await expose(query)), 'GRD-KEYS-0001');
  await anton.keys('POST', 'delete', { query: { keyid: id }, form: { password: 'key-pw' } });
  assert.equal(failureCode(await expose({ ...query, cid: '2' })), 'GRD-KEYS-0001');
  const { text: url } = await expose(query);
  assert.ok(url.startsWith(new URL(base).origin));
  const download = await exchange('GET', url);
  const [key] = await readKeys({ armoredKeys: download.text });
  assert.deepEqual([key?.getFingerprint().toUpperCase(), key?.isPrivate()], [fingerPrint, true]);
  assert.deepEqual([(await exchange('HEAD', url)).status, (await exchange('HEAD', url)).text], [200, '']);
  assert.equal((await exchange('GET', `${url}x`)).status, 404);
  await control.advanceClock({ ms: 168 * HOUR_MS - 1 });
  assert.equal((await exchange('GET', url)).status, 200);
  await control.advanceClock({ ms: 1 });
  assert.equal((await exchange('GET', url)).status, 404);
});

test('the key server gives users’ keys by address, fingerprint or id, and refuses other questions', async (t) => {
  const { base, signIn } = await startGuard(t);
  const origin = new URL(base).origin;
  const ring = await currentRing(await signIn('berta'));
  const { fingerPrint } = keyAt(ring, 0);
  const look = (search: string, op = 'get') =>
    exchange('GET', `${origin}/pks/lookup`, { query: { op, search, options: 'mr' } });
  for (const search of ['berta@example.com', `0x${fingerPrint}`, `0x${fingerPrint.slice(-16)}`])
    assert.equal((await look(search)).text, publicRing(ring).ring);
  assert.match((await look('berta@example.com', 'index')).text, new RegExp(`^info:1:1\npub:${fingerPrint}:`));
  assert.equal((await look('nobody@example.com')).status, 404);
  const query = { op: 'get', search: 'berta@example.com' };
  for (const [url, asked] of [
    [`${origin}/pks/`, {}],
    [`${origin}/pks/lookup`, {}],
    [`${origin}/pks/lookup`, { ...query, op: 'vindex' }],
    [`${origin}/pgp/other`, query],
  ] as const) {
    const answer = await exchange('GET', url, { query: asked });
    assert.deepEqual([answer.status, answer.text], [406, 'GRD-CORE-0002']);
  }
});
