import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  credential,
  field,
  otp,
  outcome,
  startWorld,
  SUCCESS,
  userId,
  WRONG_CODE,
  WRONG_USER_STATUS,
  type Wire,
} from './wire.js';

const DORA = userId('dora@example.com');
const NOT_BOUND = outcome('6007', 'No binding exists between user and credential.');
const INVALID_ID = outcome('6004', 'Credential ID is not valid.');

function add(wire: Wire, user: string, id: string, rest = '', type = 'STANDARD_OTP'): Promise<string> {
  return wire.ask(
    'addCredential',
    `${user}<credentialDetail>${credential(id, type)}</credentialDetail>${rest}`,
  );
}

test('a credential is bound, enabled and named, and the user shows it', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(
    await wire.ask(
      'addCredential',
      `${DORA}<credentialDetail>${credential('VSST00000001')}<friendlyName>key &amp; fob</friendlyName></credentialDetail>${otp('123456')}`,
    ),
    SUCCESS,
  );
  const binding =
    '<bindingDetail><bindStatus>ENABLED</bindStatus><friendlyName>key &amp; fob</friendlyName>' +
    '<lastBindTime>2026-03-01T10:00:00.000Z</lastBindTime></bindingDetail>';
  assert.equal(
    await wire.ask('getUserInfo', DORA),
    `${SUCCESS}<userId>dora@example.com</userId><userCreationTime>2026-03-01T10:00:00.000Z</userCreationTime>` +
      '<userStatus>ACTIVE</userStatus><numBindings>1</numBindings><credentialBindingDetail>' +
      `${credential('VSST00000001')}<credentialStatus>ENABLED</credentialStatus>${binding}</credentialBindingDetail>`,
  );
  assert.equal(
    await wire.ask('getCredentialInfo', credential('VSST00000001')),
    `${SUCCESS}${credential('VSST00000001')}<credentialStatus>ENABLED</credentialStatus><numBindings>1</numBindings>` +
      `<userBindingDetail><userId>dora@example.com</userId><userStatus>ACTIVE</userStatus>${binding}</userBindingDetail>`,
  );
});

test('a wrong code proves no possession, and without a code none is wanted', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(await add(wire, DORA, 'VSST00000001', otp('000000')), WRONG_CODE);
  assert.equal(field(await wire.ask('getUserInfo', DORA), 'numBindings'), '0');
  assert.equal(await add(wire, DORA, 'VSST00000001', '<trustedDevice>true</trustedDevice>'), SUCCESS);
  assert.equal(field(await wire.ask('getUserInfo', DORA), 'trustedDevice'), 'true');
});

test('only tokens which the provider made can be bound', async (t) => {
  const { wire } = await startWorld(t);
  for (const id of ['VSXX00000001', 'VSST0000001', 'nonsense'])
    assert.equal(await add(wire, DORA, id), INVALID_ID, id);
  for (const id of ['VSMT00000001', 'SYMC00000001', 'VSST00000001', 'SYDC00000001', 'VSTZ00000001'])
    assert.equal(await add(wire, DORA, id), SUCCESS, id);
});

test('phones and services are bound only once they are registered', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(await add(wire, DORA, '16505559999', '', 'SMS_OTP'), INVALID_ID);
  await wire.ask('register', '<smsDeliveryInfo><phoneNumber>16505559999</phoneNumber></smsDeliveryInfo>');
  assert.equal(await add(wire, DORA, '16505559999', '', 'SMS_OTP'), SUCCESS);
  assert.equal(await add(wire, DORA, 'SVC00000001', '', 'SERVICE_OTP'), SUCCESS);
});

test('a type that does not go with the id, or that cannot be added, is told', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(
    await add(wire, DORA, '16505551212', '', 'VOICE_OTP'),
    outcome('6006', 'Invalid credential type.'),
  );
  for (const type of ['CERTIFICATE', 'IA'])
    assert.equal(
      await add(wire, DORA, 'VSST00000001', '', type),
      outcome('600A', 'Credential type not supported.'),
    );
});

test('a locked user gets no credential, a disabled one does', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(await add(wire, userId('eve@example.com'), 'VSST00000001'), WRONG_USER_STATUS);
  assert.equal(await add(wire, userId('finn@example.com'), 'VSST00000001'), SUCCESS);
});

test('a user holds a credential once and five at most', async (t) => {
  const { wire } = await startWorld(t);
  for (let number = 1; number <= 5; number += 1)
    assert.equal(await add(wire, DORA, `VSST0000000${number}`), SUCCESS);
  assert.equal(
    await add(wire, DORA, 'VSST00000001'),
    outcome('6026', 'Credential is already registered for this account.'),
  );
  assert.match(await add(wire, DORA, 'VSST00000006'), /^<status>6011<\/status>/);
});

test('a removed credential is unbound, and inactive when nobody else has it', async (t) => {
  const { wire } = await startWorld(t);
  const remove = (user: string) => wire.ask('removeCredential', `${user}${credential('VSST43994978')}`);
  const gina = userId('gina@example.com');
  await add(wire, DORA, 'VSST43994978');
  assert.equal(await remove(gina), SUCCESS);
  const status = async () =>
    field(await wire.ask('getCredentialInfo', credential('VSST43994978')), 'credentialStatus');
  assert.equal(await status(), 'ENABLED');
  assert.equal(await remove(DORA), SUCCESS);
  assert.equal(await status(), 'INACTIVE');
  assert.equal(await remove(gina), NOT_BOUND);
});

test('a credential is renamed where it is bound', async (t) => {
  const { wire } = await startWorld(t);
  const rename = (user: string) =>
    wire.ask('updateCredential', `${user}${credential('VSST43994978')}<friendlyName>new</friendlyName>`);
  assert.equal(await rename(userId('gina@example.com')), SUCCESS);
  assert.equal(field(await wire.ask('getUserInfo', userId('gina@example.com')), 'friendlyName'), 'new');
  assert.equal(await rename(DORA), NOT_BOUND);
});
