import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credential, otp, outcome, startWorld, statusOf, SUCCESS, userId, WRONG_CODE } from './wire.js';

const ANA = userId('ana+approve@example.com');
const ALREADY = outcome(
  '6026',
  'Credential is already registered for this account.',
  '4E1B',
  'Token has already been activated.',
);

const sms = (number: string, rest = '') =>
  `<smsDeliveryInfo><phoneNumber>${number}</phoneNumber>${rest}</smsDeliveryInfo>`;
const voice = (number: string) =>
  `<voiceDeliveryInfo><phoneNumber>${number}</phoneNumber></voiceDeliveryInfo>`;

test('a phone is registered once and gets a code', async (t) => {
  const { wire, control } = await startWorld(t);
  assert.equal(
    await wire.ask('register', sms('16505559999', '<messageTemplate>Code for you:</messageTemplate>')),
    SUCCESS,
  );
  assert.deepEqual(control.outbox(), [
    {
      channel: 'SMS',
      phoneNumber: '16505559999',
      code: '654321',
      purpose: 'register',
      text: 'Code for you:',
      sentAt: Date.UTC(2026, 2, 1, 10),
    },
  ]);
  assert.equal(await wire.ask('register', sms('16505559999')), ALREADY);
  assert.equal(await wire.ask('register', voice('16505559999')), SUCCESS);
  assert.equal(control.outbox()[0]?.channel, 'VOICE');
});

test('a number that cannot be is refused wherever a code would go to it', async (t) => {
  const { wire, control } = await startWorld(t);
  for (const [operation, content] of [
    ['register', sms('15005550001')],
    ['sendOtp', `${ANA}${sms('15005550001')}`],
    ['setTemporaryPassword', `${ANA}${voice('15005550001')}`],
  ] as const)
    assert.equal(statusOf(await wire.ask(operation, content)), '6015');
  assert.deepEqual(control.outbox(), []);
});

test('a service gets its code in the answer', async (t) => {
  const { wire } = await startWorld(t);
  const register = (id: string) =>
    wire.ask('register', `<serviceOtpDeliveryInfo><id>${id}</id></serviceOtpDeliveryInfo>`);
  assert.equal(await register('SVC00000002'), `${SUCCESS}<otp>654321</otp>`);
  assert.equal(await register('SVC00000001'), ALREADY);
  assert.equal(
    await wire.ask(
      'authenticateCredentials',
      `<credentials>${credential('SVC00000002', 'SERVICE_OTP')}</credentials>${otp('654321')}`,
    ),
    `${SUCCESS}${credential('SVC00000002', 'SERVICE_OTP')}`,
  );
});

test('a code sent to the phone of a user is good once, within five minutes, and the newest alone', async (t) => {
  const { wire, control, clock } = await startWorld(t);
  control.configure({ sentCodes: 'random' });
  const send = async () => {
    assert.equal(await wire.ask('sendOtp', `${ANA}${sms('16505551212')}`), SUCCESS);
    return control.outbox()[0]?.code ?? '';
  };
  const check = (code: string) => wire.ask('checkOtp', `${ANA}${otp(code)}`);
  const older = await send();
  const newer = await send();
  assert.notEqual(older, newer);
  assert.equal(await check(older), WRONG_CODE);
  assert.ok((await check(newer)).startsWith(`${SUCCESS}${credential('16505551212', 'SMS_OTP')}<authnId>`));
  assert.equal(await check(newer), WRONG_CODE);
  const late = await send();
  await clock.advance(300_000);
  assert.equal(await check(late), WRONG_CODE);
});

test('without a sent code none is right, not even the usual one', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(await wire.ask('checkOtp', `${ANA}${otp('654321')}`), WRONG_CODE);
});

test('a code is sent only to a registered phone of an active user', async (t) => {
  const { wire, control } = await startWorld(t);
  const send = async (user: string, delivery: string) =>
    statusOf(await wire.ask('sendOtp', `${user}${delivery}`));
  assert.equal(await send(ANA, sms('16505550000')), '6004');
  assert.equal(await send(ANA, sms('16505551213')), '6006');
  assert.equal(await send(userId('dora@example.com'), sms('16505551212')), '6007');
  assert.equal(await send(userId('finn@example.com'), sms('16505551212')), '601B');
  assert.equal(await send(userId('cid+pending@example.com'), voice('16505551213')), '0000');
  assert.equal(control.outbox().length, 1);
});
