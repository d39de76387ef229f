import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { seededRandom } from '../../../src/simulators/kit/random.js';
import { vipidentitySimulator } from '../../../src/simulators/vipidentity/simulator.js';
import { ManualClock } from '../../support/manual-clock.js';
import { simulatorDirectory } from '../../support/simulators.js';
import { field, fields, otp, outcome, startWorld, SUCCESS, userId, WRONG_CODE } from './wire.js';

const CID = userId('cid+pending@example.com');

test('calls are counted by operation, refused ones included', async (t) => {
  const { wire, control } = await startWorld(t);
  await wire.ask('getServerTime', '');
  await wire.ask('getServerTime', '<unknown/>');
  await wire.ask('deleteUser', userId('nobody@example.com'));
  assert.deepEqual(control.calls(), { getServerTime: 2, deleteUser: 1 });
  control.resetCalls();
  assert.deepEqual(control.calls(), {});
});

test('an injected outcome is answered once and nothing is carried out', async (t) => {
  const { wire, control } = await startWorld(t);
  const created = userId('new@example.com');
  control.injectOutcome({ operation: 'createUser', status: '6F6F', statusMessage: 'New.', detail: '0A0B' });
  assert.equal(
    await wire.ask('createUser', created),
    outcome('6F6F', 'New.').concat('<detail>0A0B</detail>'),
  );
  assert.equal(await wire.ask('createUser', created), SUCCESS);
});

test('an outcome for an operation that does not exist is refused', async (t) => {
  const { control } = await startWorld(t);
  assert.throws(() => control.injectOutcome({ operation: 'makeUser', status: '6001' }), {
    name: 'ControlError',
    message: /no operation makeUser: name one of .*createUser/,
  });
  assert.equal(
    (await startWorld(t)).control.injectOutcome({ operation: 'createUser', status: '6001' }),
    undefined,
  );
});

test('a lost answer leaves the call carried out, a refused connection does not', async (t) => {
  const { wire, control } = await startWorld(t);
  control.injectFault({ operation: 'createUser', hangUp: true });
  await assert.rejects(wire.ask('createUser', userId('a@example.com')), { code: 'ECONNRESET' });
  assert.equal(await wire.ask('createUser', userId('a@example.com')), SUCCESS);
  control.injectFault({ operation: 'createUser', hangUp: true, effect: true });
  await assert.rejects(wire.ask('createUser', userId('b@example.com')), { code: 'ECONNRESET' });
  assert.match(await wire.ask('createUser', userId('b@example.com')), /^<status>6002</);
});

test('the control port moves the same world', async (t) => {
  const { wire, control, simulator } = await startWorld(t);
  await wire.ask('authenticateUserWithPush', `${CID}<pushAuthData/>`);
  const read = async (noun: string): Promise<unknown> =>
    (await fetch(`${simulator.controlUrl}/${noun}`)).json();
  const [push] = z
    .array(z.object({ transactionId: z.string(), status: z.string() }))
    .parse(await read('pushes'));
  assert.equal(push?.status, '7001');
  const answer = await fetch(`${simulator.controlUrl}/endPush`, {
    method: 'POST',
    body: JSON.stringify({ transactionId: push.transactionId, status: '7002' }),
  });
  assert.equal(answer.status, 200);
  assert.equal(control.pushes()[0]?.status, '7002');
  const refused = await fetch(`${simulator.controlUrl}/setUserStatus`, {
    method: 'POST',
    body: JSON.stringify({ userId: 'nobody@example.com', status: 'LOCKED' }),
  });
  assert.equal(refused.status, 400);
});

test('a restart forgets nothing, and the files of secrets are the owner’s alone', async (t) => {
  const dir = await simulatorDirectory(t, vipidentitySimulator);
  const clock = new ManualClock();
  const before = await startWorld(t, { dir, clock });
  const sent = await before.wire.ask('authenticateUserWithPush', `${CID}<pushAuthData/>`);
  await before.wire.ask('setTemporaryPassword', `${CID}<temporaryPassword>012345</temporaryPassword>`);
  const code = before.control.code({ credentialId: 'VSMT23456789' });
  assert.ok((await before.wire.ask('checkOtp', `${CID}${otp(code)}`)).startsWith(SUCCESS));
  const info = await before.wire.ask('getUserInfo', CID);
  before.control.advanceClock({ ms: 20_000 });
  await before.simulator.stop();

  const after = await startWorld(t, { dir, clock });
  assert.equal(await after.wire.ask('getUserInfo', CID), info);
  assert.equal(after.control.time(), '2026-03-01T10:00:20.000Z');
  assert.equal(await after.wire.ask('checkOtp', `${CID}${otp(code)}`), WRONG_CODE);
  const poll = `<transactionId>${field(sent, 'transactionId') ?? ''}</transactionId>`;
  assert.deepEqual(fields(await after.wire.ask('pollPushStatus', poll), 'status'), ['0000', '7001']);
  await clock.advance(40_000);
  assert.deepEqual(fields(await after.wire.ask('pollPushStatus', poll), 'status'), ['0000', '7004']);
  await after.simulator.stop();

  const last = await startWorld(t, { dir, clock });
  assert.deepEqual(fields(await last.wire.ask('pollPushStatus', poll), 'status'), ['0000', '7005']);
  for (const name of ['state.json', 'token.key'])
    assert.equal((await stat(join(dir, name))).mode & 0o777, 0o600, name);
});

test('the same seed makes the same ids', async (t) => {
  const ids = [];
  for (let time = 0; time < 2; time += 1) {
    const { wire } = await startWorld(t, { random: seededRandom('a') });
    ids.push(field(await wire.ask('authenticateUserWithPush', `${CID}<pushAuthData/>`), 'transactionId'));
  }
  assert.equal(ids[0], ids[1]);
});

test('the environment names three services, the certificate, its key and the authority', async (t) => {
  const { simulator } = await startWorld(t);
  const { environment, url, files } = simulator;
  assert.deepEqual(environment, {
    VIP_AUTHENTICATION_URL: `${url}/vipuserservices/AuthenticationService_1_7`,
    VIP_MANAGEMENT_URL: `${url}/vipuserservices/ManagementService_1_7`,
    VIP_QUERY_URL: `${url}/vipuserservices/QueryService_1_7`,
    VIP_CERT_FILE: files['main.cert'],
    VIP_KEY_FILE: files['main.key'],
    VIP_KEY_PASSPHRASE: environment['VIP_KEY_PASSPHRASE'],
    VIP_CA_FILE: files['ca'],
  });
  assert.ok((environment['VIP_KEY_PASSPHRASE'] ?? '').length >= 16);
});
