import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  credential,
  field,
  INVALID,
  otp,
  outcome,
  startWorld,
  SUCCESS,
  UNKNOWN_USER,
  userId,
  WRONG_USER_STATUS,
} from './wire.js';

const WRONG_PIN = outcome('601F', 'Invalid user PIN.');
const ANA = userId('ana+approve@example.com');
const GINA = userId('gina@example.com');
const NOT_SET = outcome('6021', 'User PIN is not enabled for this account.');

test('a new user is active, has no binding and exists once, whatever the case of the id', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(await wire.ask('createUser', userId('New@Example.com')), SUCCESS);
  assert.equal(
    await wire.ask('getUserInfo', userId('new@EXAMPLE.com')),
    `${SUCCESS}<userId>New@Example.com</userId><userCreationTime>2026-03-01T10:00:00.000Z</userCreationTime>` +
      '<userStatus>ACTIVE</userStatus><numBindings>0</numBindings>',
  );
  assert.equal(
    await wire.ask('createUser', userId('new@example.com')),
    outcome('6002', 'User already exists.'),
  );
});

test('a user id in any script comes back as it was typed', async (t) => {
  const { wire } = await startWorld(t);
  for (const id of ['ünï<&>"\'@例え.jp', '__proto__', ' spaced ']) {
    assert.equal(await wire.ask('createUser', userId(id)), SUCCESS);
    const info = await wire.ask('getUserInfo', userId(id));
    const written = id
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;');
    assert.equal(field(info, 'userId'), written);
  }
});

test('every operation about a user refuses an unknown one', async (t) => {
  const { wire } = await startWorld(t);
  const nobody = userId('nobody@example.com');
  const calls: readonly (readonly [string, string])[] = [
    ['updateUser', nobody],
    ['deleteUser', nobody],
    ['clearUserPin', nobody],
    ['addCredential', `${nobody}<credentialDetail>${credential('VSST00000001')}</credentialDetail>`],
    ['removeCredential', `${nobody}${credential('VSST00000001')}`],
    ['updateCredential', `${nobody}${credential('VSST00000001')}<friendlyName>n</friendlyName>`],
    ['sendOtp', nobody],
    ['setTemporaryPassword', nobody],
    ['setTemporaryPasswordAttributes', `${nobody}<temporaryPasswordAttributes/>`],
    ['clearTemporaryPassword', nobody],
    ['getTemporaryPasswordAttributes', nobody],
    ['getUserInfo', nobody],
    ['authenticateUser', `${nobody}${otp('123456')}`],
    ['checkOtp', `${nobody}${otp('123456')}`],
    ['authenticateUserWithPush', `${nobody}<pushAuthData/>`],
    ['evaluateRisk', '<UserId>nobody@example.com</UserId><Ip>1.2.3.4</Ip><UserAgent>x</UserAgent>'],
    ['confirmRisk', '<UserId>nobody@example.com</UserId><EventId>1</EventId>'],
    ['denyRisk', '<UserId>nobody@example.com</UserId><EventId>1</EventId>'],
  ];
  for (const [operation, content] of calls)
    assert.equal(await wire.ask(operation, content), UNKNOWN_USER, operation);
});

test('a user is renamed with everything that is theirs, but not to the id of somebody else', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(
    await wire.ask('updateUser', `${ANA}<newUserId>dora@example.com</newUserId>`),
    outcome('6002', 'User already exists.'),
  );
  assert.equal(await wire.ask('updateUser', `${ANA}<newUserId>anna@example.com</newUserId>`), SUCCESS);
  assert.equal(await wire.ask('getUserInfo', ANA), UNKNOWN_USER);
  assert.equal(field(await wire.ask('getUserInfo', userId('anna@example.com')), 'numBindings'), '2');
  assert.equal(
    await wire.ask('updateUser', `${userId('anna@example.com')}<newUserId>Anna@example.com</newUserId>`),
    SUCCESS,
  );
});

test('a user is disabled and enabled again, and enabling twice is harmless', async (t) => {
  const { wire } = await startWorld(t);
  const authenticate = () => wire.ask('authenticateUser', `${GINA}${otp('123456')}`);
  assert.equal(await wire.ask('updateUser', `${GINA}<newUserStatus>DISABLED</newUserStatus>`), SUCCESS);
  assert.equal(await authenticate(), WRONG_USER_STATUS);
  for (let time = 0; time < 2; time += 1)
    assert.equal(await wire.ask('updateUser', `${GINA}<newUserStatus>ACTIVE</newUserStatus>`), SUCCESS);
  assert.ok((await authenticate()).startsWith(SUCCESS));
});

test('a locked user can be read and unlocked but not authenticated', async (t) => {
  const { wire } = await startWorld(t);
  const eve = userId('eve@example.com');
  assert.equal(field(await wire.ask('getUserInfo', eve), 'userStatus'), 'LOCKED');
  assert.equal(await wire.ask('authenticateUser', `${eve}${otp('123456')}`), WRONG_USER_STATUS);
  assert.equal(await wire.ask('updateUser', `${eve}<newUserStatus>ACTIVE</newUserStatus>`), SUCCESS);
  assert.ok((await wire.ask('authenticateUser', `${eve}${otp('123456')}`)).startsWith(SUCCESS));
});

test('a deleted user is gone and their credentials are inactive', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(await wire.ask('deleteUser', GINA), SUCCESS);
  assert.equal(await wire.ask('deleteUser', GINA), UNKNOWN_USER);
  const info = await wire.ask('getCredentialInfo', credential('VSST43994978'));
  assert.equal(field(info, 'credentialStatus'), 'INACTIVE');
  assert.equal(field(info, 'numBindings'), '0');
});

test('a PIN is set, changed with the old one, reset without it and cleared', async (t) => {
  const { wire } = await startWorld(t);
  const signIn = (pin: string) => wire.ask('authenticateUser', `${ANA}<pin>${pin}</pin>`);
  assert.equal(await signIn('4711'), WRONG_PIN);
  assert.equal(await wire.ask('updateUser', `${ANA}<newPin>4711</newPin>`), SUCCESS);
  assert.ok((await signIn('4711')).startsWith(SUCCESS));
  assert.equal(await wire.ask('updateUser', `${ANA}<oldPin>0000</oldPin><newPin>4712</newPin>`), WRONG_PIN);
  assert.equal(await wire.ask('updateUser', `${ANA}<oldPin>4711</oldPin><newPin>4712</newPin>`), SUCCESS);
  assert.equal(await signIn('4711'), WRONG_PIN);
  assert.equal(await wire.ask('updateUser', `${ANA}<newPin>4713</newPin>`), SUCCESS);
  assert.ok((await signIn('4713')).startsWith(SUCCESS));
  assert.equal(field(await wire.ask('getUserInfo', ANA), 'isPinSet'), 'true');
  assert.equal(await wire.ask('clearUserPin', ANA), SUCCESS);
  assert.equal(await wire.ask('clearUserPin', ANA), NOT_SET);
  assert.equal(field(await wire.ask('getUserInfo', ANA), 'isPinSet'), undefined);
});

test('an update that is refused changes nothing', async (t) => {
  const { wire } = await startWorld(t);
  const whole = await wire.ask('getUserInfo', GINA);
  const refused = [
    '<newUserId>g@example.com</newUserId><newUserStatus>DISABLED</newUserStatus><oldPin>9999</oldPin><newPin>4712</newPin>',
    '<newUserId>dora@example.com</newUserId><newUserStatus>DISABLED</newUserStatus><newPin>4712</newPin>',
    '<newUserStatus>LOCKED</newUserStatus>',
    '<oldPin>4711</oldPin>',
    '<forcePinChange>true</forcePinChange>',
    '<newPin>1111</newPin>',
  ];
  for (const content of refused)
    assert.notEqual(await wire.ask('updateUser', `${GINA}${content}`), SUCCESS, content);
  assert.equal(await wire.ask('getUserInfo', GINA), whole);
  assert.ok((await wire.ask('authenticateUser', `${GINA}<pin>4711</pin>`)).startsWith(SUCCESS));
});

test('what only makes sense with a new PIN is not accepted without', async (t) => {
  const { wire } = await startWorld(t);
  for (const content of ['<oldPin>4711</oldPin>', '<forcePinChange>true</forcePinChange>'])
    assert.equal(await wire.ask('updateUser', `${GINA}${content}`), INVALID);
});

test('a PIN against the policy is refused', async (t) => {
  const { wire } = await startWorld(t);
  const refusal = outcome('6020', 'User PIN value does not meet policy settings for this account.');
  for (const pin of ['0000', 'x'.repeat(17)]) {
    assert.equal(await wire.ask('createUser', `${userId('p@x.test')}<pin>${pin}</pin>`), refusal);
    assert.equal(await wire.ask('updateUser', `${ANA}<newPin>${pin}</newPin>`), refusal);
  }
  assert.equal(await wire.ask('getUserInfo', userId('p@x.test')), UNKNOWN_USER);
});

test('a PIN that must be changed is expired once it was used', async (t) => {
  const { wire } = await startWorld(t);
  const user = userId('p@x.test');
  await wire.ask('createUser', `${user}<pin>4711</pin><forcePinChange>true</forcePinChange>`);
  assert.equal(
    await wire.ask('authenticateUser', `${user}<pin>4711</pin>`),
    `${SUCCESS}<isPinExpired>true</isPinExpired><pinExpirationTime>2026-03-01T10:00:00.000Z</pinExpirationTime>`,
  );
});

test('a user with trouble at the provider meets it once', async (t) => {
  const { wire } = await startWorld(t);
  const user = userId('z+6005@example.com');
  assert.equal(await wire.ask('createUser', user), outcome('6005', 'Internal error.'));
  assert.equal(await wire.ask('createUser', user), SUCCESS);
});
