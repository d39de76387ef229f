import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { guardCryptoSimulator } from '../../../src/simulators/guardcrypto/simulator.js';
import { ManualClock } from '../../support/manual-clock.js';
import { simulatorDirectory, temporaryDirectory } from '../../support/simulators.js';
import { at, basic, exchange, failure, json, keyRings, signIn, startGuard } from './wire.js';

/** Dossier section 2.1 by hand: method, path below the API root, action, and what a call without anything answers. */
const OPERATIONS = `
POST oxguard/login login session
POST oxguard/login guest open
POST oxguard/login changepass session
GET oxguard/login secondary session
POST oxguard/login changesecondary session
GET oxguard/login reset session
GET oxguard/keys hasKeys session
POST oxguard/keys create session
POST oxguard/keys delete session
GET oxguard/keys getContactKeys session
GET oxguard/keys getKeys session
POST oxguard/keys getKey session
POST oxguard/keys downloadKey session
POST oxguard/keys upload session
POST oxguard/keys uploadExternalPublicKey session
GET oxguard/keys getExternalPublicKeys session
PUT oxguard/keys inlineExternalPublicKey session
DELETE oxguard/keys deleteExternalPublicKey session
POST oxguard/keys addUserId session
POST oxguard/keys revoke session
GET oxguard/keys getRecipKey session
GET oxguard/keys getSignatures session
POST oxguard/keys importAutoCryptHeader session
PUT oxguard/keys verifyAutoCryptKey session
GET oxguard/certificates hasKeys session
POST oxguard/certificates delete session
GET oxguard/certificates getCertificates session
GET oxguard/certificates getRecipCertificate session
POST oxguard/certificates upload session
POST oxguard/certificates uploadRecipientCertificate session
GET oxguard/certificates canCreate session
POST oxguard/certificates create session
POST oxguard/guest firstpass open
GET oxguard/guest resetpassword open
POST oxguard/guest doresetaccount open
GET guard-json auth-token session
POST guard-json auth-token session
PUT guard-json auth-token session
POST oxguard/pgpmail verify basic
POST oxguard/pgpmail encrypt basic
POST oxguard/mail verify basic
POST oxguard/mail encrypt basic
POST guardsupport delete_user basic
POST guardsupport expose_key basic
`
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

test('all 44 operations are there, each on its plane', async (t) => {
  const { base } = await startGuard(t);
  assert.equal(OPERATIONS.length, 44);
  for (const [method = '', path = '', action = '', plane = ''] of OPERATIONS) {
    const answer = await exchange(method, `${base}/${path}`, { query: { action } });
    const seen = answer.status === 401 ? 'basic' : failure(answer).code;
    const expected = { session: 'SES-0203', open: 'GRD-CORE-0002', basic: 'basic' }[plane];
    assert.equal(seen, expected, `${method} ${path} ${action}`);
  }
});

test('an error is told in the form a server may choose, with an id of its own', async (t) => {
  const { base, control } = await startGuard(t);
  const fail = async () =>
    failure(await exchange('GET', `${base}/oxguard/keys`, { query: { action: 'getKeys' } }));
  const [one, two] = [await fail(), await fail()];
  assert.notEqual(one.error_id, two.error_id);
  assert.equal(one.categories, 'TRY_AGAIN');
  control.setWireForm({ categories: 'list' });
  assert.deepEqual((await fail()).categories, ['TRY_AGAIN']);
});

test('a restart keeps keys, certificates, time and credentials, and ends the sessions', async (t) => {
  const dir = await simulatorDirectory(t, guardCryptoSimulator);
  const clock = new ManualClock();
  const first = await guardCryptoSimulator.start({ dir, clock });
  await first.control.setNewKeyAlgorithm({ algorithm: 'ecc' });
  await first.control.advanceClock({ ms: 1000 });
  const carl = await signIn(first.url, 'carl@example.com');
  await carl.keys('POST', 'create', { form: { name: 'Carl', password: 'carl-pw' } });
  const rings = await keyRings(carl);
  await first.stop();
  const second = await guardCryptoSimulator.start({ dir, clock });
  t.after(() => second.stop());
  assert.equal(await second.control.time(), new Date(clock.now() + 1000).toISOString());
  const { GUARDCRYPTO_URL: _one, ...before } = first.environment;
  const { GUARDCRYPTO_URL: url, ...after } = second.environment;
  assert.deepEqual(after, before);
  assert.equal(url, second.url);
  const stale = await exchange('GET', `${second.url}/oxguard/keys`, {
    query: { action: 'getKeys', session: carl.id },
    headers: { cookie: carl.cookie },
  });
  assert.equal(failure(stale).code, 'SES-0203');
  assert.deepEqual(await keyRings(await signIn(second.url, 'carl@example.com')), rings);
});

test('its files can be read by their owner alone, and key passwords are not in them', async (t) => {
  const dir = await temporaryDirectory(t);
  const simulator = await guardCryptoSimulator.start({ dir });
  await simulator.control.accounts();
  await simulator.stop();
  assert.deepEqual(await readdir(dir), ['credentials.json', 'state.json']);
  for (const file of await readdir(dir)) assert.equal((await stat(join(dir, file))).mode & 0o777, 0o600);
  const text = await readFile(join(dir, 'state.json'), 'utf8');
  assert.ok(!text.includes('key-pw') && !text.includes('smime-pw'));
});

test('calls are counted by operation, and go wrong when told to', async (t) => {
  const { control, signIn: enter } = await startGuard(t);
  const anton = await enter('anton');
  control.resetCalls();
  control.injectFault({ operation: 'getKeys', status: 503, body: 'busy', contentType: 'text/plain' });
  const refused = await anton.keys('GET', 'getKeys');
  assert.deepEqual([refused.status, refused.text], [503, 'busy']);
  await anton.keys('GET', 'getKeys');
  await anton.keys('GET', 'nothing');
  assert.deepEqual(control.calls(), { getKeys: 2, unknown: 1 });
});

test('a lost answer leaves its effect behind', async (t) => {
  const { control, signIn: enter } = await startGuard(t);
  const carl = await enter('carl');
  control.injectFault({ operation: 'createKey', hangUp: true, effect: true });
  await assert.rejects(carl.keys('POST', 'create', { form: { name: 'Carl', password: 'pw-carl' } }));
  assert.equal((await keyRings(carl)).length, 1);
});

test('requests are listed by the names of their parameters, without a value', async (t) => {
  const { control, signIn: enter } = await startGuard(t);
  const anton = await enter('anton');
  await anton.keys('POST', 'getKey', { query: { keyType: 'public' }, form: { password: 'hidden' } });
  const last = control.requests().at(-1);
  assert.deepEqual(last, {
    operation: 'getKey',
    query: ['action', 'session', 'keyType'],
    body: ['password'],
  });
  assert.ok(!JSON.stringify(control.requests()).includes('hidden'));
});

test('the control port moves the same world, for programs alone', async (t) => {
  const { simulator, signIn: enter } = await startGuard(t);
  await (await enter('anton')).token('POST', { json: { password: 'lockme' } });
  const accounts = async () => at(await exchange('GET', `${simulator.controlUrl}/accounts`), 0, 'locked');
  assert.equal(await accounts(), true);
  const unlock = { json: { email: 'anton@example.com' } };
  assert.equal(json(await exchange('POST', `${simulator.controlUrl}/unlockAccount`, unlock)), null);
  assert.equal(await accounts(), false);
  const unknown = await exchange('POST', `${simulator.controlUrl}/endSessions`, { json: { email: 'x@y.z' } });
  assert.equal(unknown.status, 400);
  const page = await exchange('GET', `${simulator.controlUrl}/outbox`, {
    headers: { origin: 'https://x.example' },
  });
  assert.equal(page.status, 403);
});

test('the credentials of a server plane are compared whole', async (t) => {
  const { simulator, base } = await startGuard(t);
  const user = simulator.environment['GUARDCRYPTO_SUPPORT_USER'] ?? '';
  const password = simulator.environment['GUARDCRYPTO_SUPPORT_PASSWORD'] ?? '';
  const status = async (authorization: string) =>
    (
      await exchange('POST', `${base}/guardsupport`, {
        query: { action: 'expose_key', email: 'a@b.c', cid: '1' },
        headers: { authorization },
      })
    ).status;
  assert.equal(await status(basic(user, password)), 200);
  assert.equal(await status(basic(user, password.slice(1))), 401);
  assert.equal(await status(basic('', '')), 401);
  assert.equal(await status(`Bearer ${Buffer.from(`${user}:${password}`).toString('base64')}`), 401);
});
