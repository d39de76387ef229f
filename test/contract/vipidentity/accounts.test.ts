import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credential, outcome, startWorld, SUCCESS, UNKNOWN_USER, userId } from './wire.js';

const INVALID_ACCOUNT = outcome('6001', 'Invalid account.');

test('an account acts for its children, whose users are theirs alone', async (t) => {
  const { wire } = await startWorld(t);
  const child = { onBehalfOf: '1234567890' };
  assert.equal(await wire.ask('createUser', userId('kid@example.com'), child), SUCCESS);
  assert.equal(await wire.ask('deleteUser', userId('kid@example.com')), UNKNOWN_USER);
  assert.equal(await wire.ask('deleteUser', userId('kid@example.com'), child), SUCCESS);
});

test('an account cannot act for one that is unknown or not its child', async (t) => {
  const { wire, connect } = await startWorld(t);
  const other = await connect('other');
  for (const onBehalfOf of ['9999999999', '2000000002'])
    assert.equal(await wire.ask('getServerTime', '', { onBehalfOf }), INVALID_ACCOUNT);
  assert.equal(await other.ask('getServerTime', '', { onBehalfOf: '1234567890' }), INVALID_ACCOUNT);
});

test('the holder of another certificate finds none of the users', async (t) => {
  const { connect } = await startWorld(t);
  const other = await connect('other');
  assert.equal(await other.ask('getUserInfo', userId('dora@example.com')), UNKNOWN_USER);
  assert.equal(await other.ask('createUser', userId('dora@example.com')), SUCCESS);
});

test('an account without PINs refuses them', async (t) => {
  const { wire } = await startWorld(t);
  const strict = { onBehalfOf: '1234567891' };
  const refusal = outcome('6021', 'User PIN is not enabled for this account.');
  assert.equal(await wire.ask('createUser', `${userId('k@x.test')}<pin>4711</pin>`, strict), refusal);
  assert.equal(await wire.ask('createUser', userId('k@x.test'), strict), SUCCESS);
  assert.equal(await wire.ask('updateUser', `${userId('k@x.test')}<newPin>4711</newPin>`, strict), refusal);
});

test('an account that keeps remembered devices lets nobody remove one', async (t) => {
  const { wire } = await startWorld(t);
  const strict = { onBehalfOf: '1234567891' };
  await wire.ask('createUser', userId('k@x.test'), strict);
  const device = await rememberDevice(wire, 'k@x.test', strict);
  assert.equal(
    await wire.ask('removeCredential', `${userId('k@x.test')}${credential(device, 'IA')}`, strict),
    outcome('6010', 'This account is not authorized to perform the requested operation.'),
  );
});

async function rememberDevice(
  wire: Awaited<ReturnType<typeof startWorld>>['wire'],
  user: string,
  options: { onBehalfOf: string },
): Promise<string> {
  const about = `<UserId>${user}</UserId>`;
  const risk = await wire.ask(
    'evaluateRisk',
    `${about}<Ip>203.0.113.1</Ip><UserAgent>x</UserAgent><IAAuthData>laptop</IAAuthData>`,
    options,
  );
  const event = /<EventId>\d+<\/EventId>/.exec(risk)?.[0] ?? '';
  const denied = await wire.ask(
    'denyRisk',
    `${about}${event}<IAAuthData>laptop</IAAuthData><RememberDevice>true</RememberDevice>`,
    options,
  );
  return /<Key>device\.tag\.id<\/Key><Value>(\w+)</.exec(denied)?.[1] ?? '';
}
