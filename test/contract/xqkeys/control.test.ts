import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { simulators } from '../../../src/simulators/index.js';
import { xqkeysSimulator } from '../../../src/simulators/xqkeys/simulator.js';
import { simulatorDirectory } from '../../support/simulators.js';
import { DASHBOARD_KEY, empty, GENERAL_KEY, jsonOf, refused, startWorld, textOf } from './wire.js';

test('the simulator is registered and tells how to point at it', async (t) => {
  const { simulator } = await startWorld(t);
  assert.equal(simulators.get('xqkeys')?.name, 'xqkeys');
  assert.deepEqual(simulator.environment, {
    XQKEYS_SUBSCRIPTION_URL: `${simulator.url}/subscription/v2`,
    XQKEYS_VALIDATION_URL: `${simulator.url}/validation/v2`,
    XQKEYS_QUANTUM_URL: `${simulator.url}/quantum/v2`,
    XQKEYS_DASHBOARD_URL: `${simulator.url}/dashboard/v2`,
    XQKEYS_API_KEY: GENERAL_KEY,
    XQKEYS_DASHBOARD_API_KEY: DASHBOARD_KEY,
    XQKEYS_LOCATOR_KEY: 'sim-locator-key',
  });
});

test('the control port does what the control object does', async (t) => {
  const { simulator, anonymous, person, control } = await startWorld(t);
  const post = async (verb: string, body: object) => {
    const answer = await fetch(`${simulator.controlUrl}/${verb}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return [answer.status, await answer.json()];
  };
  const get = async (noun: string) => (await fetch(`${simulator.controlUrl}/${noun}`)).json();
  await post('advanceClock', { ms: 1000 });
  assert.equal(await get('time'), '2026-03-01T10:00:01.000Z');
  const [, locators] = await post('createKeys', { count: 2, lifetimeMs: 60_000 });
  assert.equal(locators.length, 2);
  assert.deepEqual(await post('readKey', { locator: locators[0], user: 'bo@example.com' }), [200, null]);
  assert.equal((await post('readKey', { locator: locators[0], user: 'x@y.zz' }))[0], 400);
  await post('revokeKey', { locator: locators[0] });
  assert.deepEqual(await post('revokeKey', { locator: locators[0] }), [400, { error: 'the key is revoked' }]);
  const keys: { locator: string; state: string }[] = await get('keys');
  assert.deepEqual(
    keys.map(({ locator, state }) => [locator, state]),
    [
      [locators[1], 'available'],
      [locators[0], 'revoked'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(keys), /\.1/);
  assert.deepEqual(await get('events'), control.events());
  assert.deepEqual(await get('certificates'), [{ id: 7, tag: 'line-3', enabled: true }]);
  textOf(await anonymous.post('/subscription/v2/authorize', { user: 'ana@example.com' }));
  assert.equal((await get('outbox'))[0].pin, '123456');
  assert.deepEqual(await post('clickLink', { user: 'ana@example.com' }), [200, null]);
  assert.equal((await post('clickLink', { user: 'ana@example.com' }))[0], 400);
  const ana = await person();
  assert.deepEqual(await post('revokeTokens', { user: 'ana@example.com' }), [200, 2]);
  refused(await ana.get('/subscription/v2/settings'), 401);
  assert.equal((await post('enableCertificate', { id: 8, enabled: false }))[0], 400);
  await post('changeDialect', { accessMs: 1000 });
  const brief = await person();
  await post('advanceClock', { ms: 1000 });
  refused(await brief.get('/subscription/v2/settings'), 401);
  const calls = await get('calls');
  assert.deepEqual([calls.authorizeUser, calls.validateCode, calls.getSettings], [3, 2, 2]);
  await post('resetCalls', {});
  assert.deepEqual(await get('calls'), {});
});

test('faults meet the operation they wait for, with or without its effect', async (t) => {
  const { control, person } = await startWorld(t);
  const ana = await person();
  control.injectFault({ operation: 'createAndStorePacket', status: 503, effect: true });
  const packet = { recipients: [], key: 'k' };
  assert.equal((await ana.post('/subscription/v2/packet/add', packet)).status, 503);
  assert.equal(control.keys().length, 1);
  control.injectFault({ operation: 'createAndStorePacket', hangUp: true });
  await assert.rejects(ana.post('/subscription/v2/packet/add', packet));
  assert.equal(control.keys().length, 1);
  control.injectFault({ operation: 'getSettings', status: 429 });
  control.clearFaults();
  jsonOf(await ana.get('/subscription/v2/settings'));
});

test('a reset brings the seeds back, ends all tokens and keeps the time', async (t) => {
  const { control, person, dashboard } = await startWorld(t);
  const ana = await person();
  const locator = await ana.store();
  control.enableApiKey({ key: 'dashboard', enabled: false });
  control.advanceClock({ ms: 1000 });
  control.reset();
  refused(await ana.key(locator), 401);
  refused(await (await person()).key(locator), 404);
  assert.equal(control.time(), '2026-03-01T10:00:01.000Z');
  empty(await (await dashboard()).get('/dashboard/v2/session'));
});

test('everything that matters survives a restart, readable by the owner alone', async (t) => {
  const dir = await simulatorDirectory(t, xqkeysSimulator);
  const first = await startWorld(t, { dir });
  const ana = await first.person();
  const locator = await ana.store();
  const gone = await ana.store();
  const packet = textOf(
    await ana.post('/subscription/v2/packet', { recipients: ['bo@example.com'], key: 'sealed' }),
  );
  const used = textOf(await ana.post('/subscription/v2/packet', { recipients: [], key: 'sealed' }));
  textOf(await ana.post('/validation/v2/packet', used));
  empty(await ana.call('DELETE', `/validation/v2/key/${gone}`));
  const { exchange } = jsonOf(
    await first.anonymous.post('/subscription/v2/authorize', { user: 'bo@example.com', quiet: true }),
  );
  first.control.advanceClock({ ms: 1000 });
  first.control.enableCertificate({ id: 7, enabled: false });
  await first.simulator.stop();
  for (const file of ['records.json', 'certificates/client.key', 'certificates/transport.key'])
    assert.equal((await stat(join(dir, file))).mode & 0o777, 0o600);

  const second = await startWorld(t, { dir });
  const again = second.withToken(ana.token);
  assert.equal(textOf(await again.key(locator)), '.1secret');
  refused(await again.key(gone), 404);
  assert.equal(textOf(await again.key(textOf(await again.post('/validation/v2/packet', packet)))), 'sealed');
  refused(await again.post('/validation/v2/packet', used), 400);
  const bo = second.withToken(String(exchange));
  empty(await bo.get('/subscription/v2/codevalidation?pin=123456'));
  textOf(await bo.get('/subscription/v2/exchange'));
  assert.equal(second.control.time(), '2026-03-01T10:00:01.000Z');
  assert.equal(second.control.certificates()[0]?.enabled, false);
  assert.equal(second.control.events().filter(({ action }) => action === 'sub://packet').length, 4);
});

test('a memory that is not the simulator’s stops it instead of being replaced', async (t) => {
  const dir = await simulatorDirectory(t, xqkeysSimulator);
  await writeFile(join(dir, 'records.json'), '{}');
  await assert.rejects(xqkeysSimulator.start({ dir }), /remove it/);
  assert.equal(await readFile(join(dir, 'records.json'), 'utf8'), '{}');
});

test('the very same certificate is there after every start', async (t) => {
  const dir = await simulatorDirectory(t, xqkeysSimulator);
  const texts: string[] = [];
  for (let start = 0; start < 2; start++) {
    const { simulator } = await startWorld(t, { dir });
    texts.push(await readFile(String(simulator.files['clientCert']), 'utf8'));
    await simulator.stop();
  }
  assert.equal(texts[0], texts[1]);
  assert.match(Buffer.from(String(texts[0]), 'base64').toString('utf8'), /^-----BEGIN CERTIFICATE-----/);
});
