import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credential, field, INVALID, otp, outcome, startWorld, SUCCESS, userId, WRONG_CODE } from './wire.js';

const DORA = userId('dora@example.com');
const GINA = userId('gina@example.com');
const NOT_SET = outcome('6017', 'Temporary password is not set.');
const DAY = 86_400_000;

const attributes = (inner: string) => `<temporaryPasswordAttributes>${inner}</temporaryPasswordAttributes>`;
const expiry = (iso: string) => `<expirationTime>${iso}</expirationTime>`;

test('a code is made, told, sent to the phone and readable but for itself', async (t) => {
  const { wire, control } = await startWorld(t);
  const sms = '<smsDeliveryInfo><phoneNumber>16505550000</phoneNumber></smsDeliveryInfo>';
  const answer = await wire.ask('setTemporaryPassword', `${DORA}${sms}`);
  const code = field(answer, 'temporaryPassword') ?? '';
  assert.match(code, /^\d{6}$/);
  assert.equal(answer, `${SUCCESS}<temporaryPassword>${code}</temporaryPassword>`);
  assert.equal(control.outbox()[0]?.code, code);
  assert.equal(field(await wire.ask('getUserInfo', DORA), 'isTempPasswordSet'), 'true');
  assert.equal(
    await wire.ask('getTemporaryPasswordAttributes', DORA),
    `${SUCCESS}<tempPwdAttributes>${expiry('2026-03-02T10:00:00.000Z')}<oneTimeUseOnly>false</oneTimeUseOnly></tempPwdAttributes>`,
  );
});

test('a code of the caller is taken as it is and stands in for a credential until it expires', async (t) => {
  const { wire, clock } = await startWorld(t);
  const set = `${DORA}<temporaryPassword>012345</temporaryPassword>`;
  assert.equal(
    await wire.ask('setTemporaryPassword', set),
    `${SUCCESS}<temporaryPassword>012345</temporaryPassword>`,
  );
  const check = () => wire.ask('checkOtp', `${DORA}${otp('012345')}`);
  const proof = await check();
  assert.equal(proof, `${SUCCESS}<authnId>${field(proof, 'authnId') ?? ''}</authnId>`);
  assert.ok((await wire.ask('authenticateUser', `${DORA}${otp('012345')}`)).startsWith(SUCCESS));
  assert.equal(await wire.ask('checkOtp', `${DORA}${otp('012346')}`), WRONG_CODE);
  await clock.advance(DAY - 1);
  assert.ok((await check()).startsWith(SUCCESS));
  await clock.advance(1);
  assert.equal(await check(), outcome('6007', 'No binding exists between user and credential.'));
  assert.equal(await wire.ask('getTemporaryPasswordAttributes', DORA), NOT_SET);
});

test('a code for one use is gone after it', async (t) => {
  const { wire } = await startWorld(t);
  await wire.ask(
    'setTemporaryPassword',
    `${GINA}<temporaryPassword>012345</temporaryPassword>${attributes('<oneTimeUseOnly>true</oneTimeUseOnly>')}`,
  );
  assert.ok((await wire.ask('checkOtp', `${GINA}${otp('012345')}`)).startsWith(SUCCESS));
  assert.equal(await wire.ask('checkOtp', `${GINA}${otp('012345')}`), WRONG_CODE);
  assert.equal(await wire.ask('getTemporaryPasswordAttributes', GINA), NOT_SET);
});

test('a code is cleared by hand, and by itself when a real credential is used', async (t) => {
  const { wire } = await startWorld(t);
  const set = () => wire.ask('setTemporaryPassword', GINA);
  await set();
  assert.equal(await wire.ask('clearTemporaryPassword', GINA), SUCCESS);
  assert.equal(await wire.ask('clearTemporaryPassword', GINA), NOT_SET);
  await set();
  const real = await wire.ask('checkOtp', `${GINA}${otp('123456')}`);
  assert.ok(real.startsWith(`${SUCCESS}${credential('VSST43994978')}`));
  assert.equal(await wire.ask('getTemporaryPasswordAttributes', GINA), NOT_SET);
});

test('the attributes of a set code change one by one', async (t) => {
  const { wire } = await startWorld(t);
  const change = (inner: string) => wire.ask('setTemporaryPasswordAttributes', `${DORA}${attributes(inner)}`);
  assert.equal(await change('<oneTimeUseOnly>true</oneTimeUseOnly>'), NOT_SET);
  await wire.ask('setTemporaryPassword', DORA);
  assert.equal(await change(expiry('2026-03-05T12:00:00+02:00')), SUCCESS);
  assert.equal(await change('<oneTimeUseOnly>true</oneTimeUseOnly>'), SUCCESS);
  assert.equal(
    await wire.ask('getTemporaryPasswordAttributes', DORA),
    `${SUCCESS}<tempPwdAttributes>${expiry('2026-03-05T10:00:00.000Z')}<oneTimeUseOnly>true</oneTimeUseOnly></tempPwdAttributes>`,
  );
});

test('an expiry that is past or more than 30 days ahead is refused', async (t) => {
  const { wire } = await startWorld(t);
  const set = (iso: string) => wire.ask('setTemporaryPassword', `${DORA}${attributes(expiry(iso))}`);
  for (const iso of ['2026-03-01T10:00:00Z', '2026-03-31T10:00:00.001Z']) {
    assert.equal(await set(iso), INVALID);
    assert.equal(await wire.ask('getTemporaryPasswordAttributes', DORA), NOT_SET);
  }
  assert.ok((await set('2026-03-31T10:00:00Z')).startsWith(SUCCESS));
});
