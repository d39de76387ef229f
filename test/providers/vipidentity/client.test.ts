import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProviderError } from '../../../src/provider-error.js';
import { failsWith, openVipClient, version8 } from './open.js';

const ANA = 'ana+approve@example.com';
const GINA = 'gina@example.com';
const TOKEN = { credentialId: 'VSST43994978', credentialType: 'STANDARD_OTP' } as const;
const PHONE = { credentialId: 'VSMT12345678', credentialType: 'STANDARD_OTP' } as const;
const PLAIN_PUSH = { displayParameters: [], requestParameters: [], authContext: [] };

test('users are created, changed, read and deleted', async (t) => {
  const { client } = await openVipClient(t);
  await client.createUser({ userId: 'new@example.com', pin: '4711', forcePinChange: false });
  await assert.rejects(client.createUser({ userId: 'new@example.com' }), failsWith('CONFLICT', '6002'));
  await client.updateUser({
    userId: 'new@example.com',
    oldPin: '4711',
    newPin: '4712',
    newUserStatus: 'DISABLED',
  });
  const user = await client.getUser('NEW@example.com');
  assert.deepEqual(user, {
    userId: 'new@example.com',
    createdAt: Date.UTC(2026, 2, 1, 10),
    status: 'DISABLED',
    bindingCount: 0,
    credentials: [],
    isPinSet: true,
    hasTemporaryPassword: false,
    pinExpiresAt: user.pinExpiresAt,
  });
  await client.clearUserPin('new@example.com');
  await assert.rejects(client.clearUserPin('new@example.com'), failsWith('NOT_SUPPORTED', '6021'));
  await client.updateUser({ userId: 'new@example.com', newUserId: 'newer@example.com' });
  await client.deleteUser('newer@example.com');
  await assert.rejects(client.getUser('newer@example.com'), failsWith('NOT_FOUND', '6003'));
});

test('one credential, many and none are lists, and ids that look like numbers stay text', async (t) => {
  const { client } = await openVipClient(t);
  const ana = await client.getUser(ANA);
  assert.deepEqual(
    ana.credentials.map(({ credentialId, credentialType, status }) => [credentialId, credentialType, status]),
    [
      ['VSMT12345678', 'STANDARD_OTP', 'ENABLED'],
      ['16505551212', 'SMS_OTP', 'ENABLED'],
    ],
  );
  assert.deepEqual(ana.credentials[0]?.pushAttributes[0], { key: 'PUSH_PLATFORM', value: 'ANDROID' });
  assert.equal(ana.credentials[0]?.binding.friendlyName, 'work phone');
  assert.equal(ana.credentials[0].token, null);
  assert.equal((await client.getUser(GINA)).credentials.length, 1);
  assert.deepEqual((await client.getUser('dora@example.com')).credentials, []);
  await client.createUser({ userId: '00123' });
  assert.equal((await client.getUser('00123')).userId, '00123');
  const lean = await client.getUser(ANA, { pushAttributes: false });
  assert.deepEqual(lean.credentials[0]?.pushAttributes, []);
});

test('a slash behind the version of a service changes nothing', async (t) => {
  const { client } = await openVipClient(t, (simulator) =>
    Object.fromEntries(Object.entries(version8(simulator)).map(([name, url]) => [name, `${url}/`])),
  );
  const { credentials } = await client.getUser(ANA, { tokenInfo: true });
  assert.equal(credentials[0]?.token?.tokenId, 'VSMT12345678');
});

test('version 1.8 tells of tokens', async (t) => {
  const { client } = await openVipClient(t, version8);
  const { credentials } = await client.getUser(ANA, { tokenInfo: true });
  assert.equal(credentials[0]?.token?.adapter, 'OATH_TIME');
  assert.equal(credentials[0].token.tokenId, 'VSMT12345678');
  assert.equal(credentials[0].tokenCategory?.formFactor, 'MOBILE');
  assert.deepEqual([credentials[1]?.token?.tokenId, credentials[1]?.token?.type], ['16505551212', 'SMS']);
});

test('credentials are added with proof, renamed, read and removed', async (t) => {
  const { client } = await openVipClient(t);
  const key = { credentialId: 'VSST00000001', credentialType: 'STANDARD_OTP' } as const;
  const user = { userId: 'dora@example.com' };
  await assert.rejects(
    client.addCredential({ ...user, ...key, code: { otp: '000000' } }),
    failsWith('WRONG_SECRET', '6009/49B5'),
  );
  await client.addCredential({
    ...user,
    ...key,
    friendlyName: 'fob',
    code: { otp: '123456', secondOtp: '654321' },
  });
  await client.updateCredential({ ...user, ...key, friendlyName: ' <my> "fob" & ]]> ' });
  const info = await client.getCredential(key);
  assert.equal(info.bindingCount, 1);
  assert.equal(info.users[0]?.userId, user.userId);
  assert.equal(info.users[0].binding.friendlyName, ' <my> "fob" & ]]> ');
  await client.removeCredential({ ...user, ...key });
  await assert.rejects(client.removeCredential({ ...user, ...key }), failsWith('NOT_FOUND', '6007'));
});

test('a text that looks like a CDATA section is a text, not markup', async (t) => {
  const { client } = await openVipClient(t);
  const hostile = '<![CDATA[x]]></vip:friendlyName><vip:evil/><![CDATA[y]]>';
  await client.updateCredential({ userId: GINA, ...TOKEN, friendlyName: hostile });
  assert.equal((await client.getUser(GINA)).credentials[0]?.binding.friendlyName, hostile);
});

test('phones are registered and sent codes, which prove them', async (t) => {
  const { client, simulator } = await openVipClient(t);
  const sms = {
    phoneNumber: '16505550000',
    messageTemplate: 'Your code is',
    gatewayId: 'gw',
    gatewayPassword: 'secret',
  };
  await client.registerPhone({ sms });
  await assert.rejects(client.registerPhone({ sms }), failsWith('CONFLICT', '6026/4E1B'));
  await client.registerPhone({ voice: { phoneNumber: '16505550001x,12', language: 'en-us' } });
  assert.equal(await client.registerService('SVC00000009'), '654321');
  await client.sendOtp({ userId: ANA, sms: { phoneNumber: '16505551212' } });
  assert.equal(simulator.control.outbox()[0]?.phoneNumber, '16505551212');
  const proof = await client.checkOtp({ userId: ANA, otp: '654321', authContext: [] });
  assert.deepEqual([proof.credentialId, proof.credentialType], ['16505551212', 'SMS_OTP']);
});

test('a temporary password is set, told of, changed, used and cleared', async (t) => {
  const { client, clock } = await openVipClient(t);
  await assert.rejects(client.getTemporaryPasswordAttributes(ANA), failsWith('NOT_FOUND', '6017'));
  assert.equal(await client.setTemporaryPassword({ userId: ANA, temporaryPassword: '012345' }), '012345');
  const expiresAt = new Date(clock.now() + 3_600_000);
  await client.setTemporaryPasswordAttributes({ userId: ANA, expiresAt, oneTimeUseOnly: true });
  assert.deepEqual(await client.getTemporaryPasswordAttributes(ANA), {
    expiresAt: expiresAt.getTime(),
    oneTimeUseOnly: true,
  });
  const proof = await client.authenticateUser({ userId: ANA, otp: '012345', authContext: [] });
  assert.equal(proof.credentialId, null);
  assert.match(proof.authenticationId ?? '', /^[0-9A-F]{16}$/);
  const made = await client.setTemporaryPassword({
    userId: ANA,
    expiresAt,
    voice: { phoneNumber: '16505551213' },
  });
  assert.match(made ?? '', /^\d{6}$/);
  await client.clearTemporaryPassword(ANA);
});

test('codes prove users and credentials, with PIN and level where given', async (t) => {
  const { client } = await openVipClient(t);
  const authContext = [{ key: 'authLevel.level', value: '1' }];
  const proof = await client.authenticateUser({ userId: GINA, pin: '4711', otp: '123456', authContext });
  assert.equal(proof.credentialId, TOKEN.credentialId);
  assert.equal(proof.isPinExpired, false);
  assert.deepEqual(proof.authContext, authContext);
  const byCredential = await client.authenticateCredentials({
    credentials: [TOKEN],
    otp: '123456',
    secondOtp: '654321',
    authContext: [],
  });
  assert.equal(byCredential.credentialId, TOKEN.credentialId);
});

const refusals: [
  what: string,
  userId: string,
  otp: string,
  pin: string | null,
  code: string,
  providerCode: string,
][] = [
  ['a wrong code', GINA, '000000', null, 'WRONG_SECRET', '6009/49B5'],
  ['a code with a letter', GINA, 'A00000', null, 'WRONG_SECRET', '6009'],
  ['a wrong PIN', GINA, '123456', '9999', 'WRONG_SECRET', '601F'],
  ['an unknown user', 'nobody@example.com', '123456', null, 'NOT_FOUND', '6003'],
  ['a locked user', 'eve@example.com', '123456', null, 'LOCKED', '601B'],
  ['a disabled user', 'finn@example.com', '123456', null, 'LOCKED', '601B'],
  ['a user without a credential', 'dora@example.com', '123456', null, 'NOT_FOUND', '6007'],
];
for (const [what, userId, otp, pin, code, providerCode] of refusals) {
  test(`${what} is told apart as ${providerCode}`, async (t) => {
    const { client } = await openVipClient(t);
    await assert.rejects(
      client.authenticateUser({ userId, otp, pin, authContext: [] }),
      failsWith(code, providerCode),
    );
  });
}

test('a success that does not say what was proved is none', async (t) => {
  const { client, simulator } = await openVipClient(t);
  for (const operation of ['authenticateUser', 'checkOtp', 'authenticateCredentials']) {
    simulator.control.injectOutcome({ operation, status: '0000', statusMessage: 'Success' });
  }
  const proof = { otp: '123456', authContext: [] };
  await assert.rejects(
    client.authenticateUser({ userId: GINA, pin: '4711', ...proof }),
    failsWith('OUTCOME_UNKNOWN'),
  );
  await assert.rejects(client.checkOtp({ userId: GINA, ...proof }), failsWith('OUTCOME_UNKNOWN'));
  await assert.rejects(
    client.authenticateCredentials({ credentials: [TOKEN], ...proof }),
    failsWith('OUTCOME_UNKNOWN'),
  );
});

test('pushes are sent to users and credentials, and polled together', async (t) => {
  const { client, simulator } = await openVipClient(t);
  const displayParameters = [{ key: 'display.message.title', value: 'Sign in & out' }];
  const toUser = await client.pushUser({ userId: ANA, ...PLAIN_PUSH, displayParameters });
  assert.deepEqual(toUser.targets, [{ credentialId: 'VSMT12345678', sent: true }]);
  const toCredential = await client.pushCredentials({ credentials: [PHONE], ...PLAIN_PUSH });
  assert.deepEqual(simulator.control.pushes()[0]?.displayParameters, [
    { Key: 'display.message.title', Value: 'Sign in & out' },
  ]);
  simulator.control.endPush({ transactionId: toUser.transactionId, status: '7002' });
  const ids = [toUser.transactionId, toCredential.transactionId, 'abcd'];
  const polled = await client.pollPushes(ids);
  assert.deepEqual(
    ids.map((id) => polled.get(id)?.status),
    ['7002', '7001', '7005'],
  );
  assert.equal(polled.get(toUser.transactionId)?.credentialId, 'VSMT12345678');
  assert.deepEqual(simulator.control.calls()['pollPushStatus'], 1);
  await assert.rejects(
    client.pushUser({ userId: GINA, ...PLAIN_PUSH }),
    failsWith('PROVIDER_REJECTED', '6008'),
  );
});

test('a push that is answered with anything but "sent" is not known to be sent', async (t) => {
  const { client, simulator } = await openVipClient(t);
  simulator.control.injectOutcome({ operation: 'authenticateUserWithPush', status: '0000' });
  await assert.rejects(client.pushUser({ userId: ANA, ...PLAIN_PUSH }), failsWith('OUTCOME_UNKNOWN', '0000'));
  simulator.control.injectOutcome({ operation: 'authenticateCredentials', status: '0000' });
  await assert.rejects(
    client.pushCredentials({ credentials: [PHONE], ...PLAIN_PUSH }),
    failsWith('OUTCOME_UNKNOWN'),
  );
});

test('risk is evaluated, confirmed and denied; risky is a result', async (t) => {
  const { client } = await openVipClient(t);
  const signIn = { userId: ANA, userAgent: 'Mozilla/5.0', attributes: [{ key: 'channel', value: 'web' }] };
  const risky = await client.evaluateRisk({ ...signIn, ipAddress: '203.0.113.66' });
  assert.deepEqual([risky.status, risky.isRisky, risky.score, risky.threshold], ['6009', true, 80, 50]);
  const fine = await client.evaluateRisk({
    ...signIn,
    ipAddress: '203.0.113.70',
    deviceFingerprint: 'laptop',
  });
  assert.deepEqual([fine.status, fine.isRisky, fine.score], ['0000', false, 10]);
  assert.equal(fine.attributes.length >= 3, true);
  const confirmed = await client.confirmRisk({ userId: ANA, eventId: risky.eventId, attributes: [] });
  assert.deepEqual(confirmed, [{ key: 'device.feedback', value: 'true' }]);
  const denied = await client.denyRisk({
    userId: ANA,
    eventId: fine.eventId,
    verifyMethod: 'PUSH',
    deviceFingerprint: 'laptop',
    rememberDevice: true,
    friendlyName: 'my laptop',
    attributes: [],
  });
  assert.equal(denied.find(({ key }) => key === 'device.feedback.reason')?.value, 'SUCCESS');
  const { credentials } = await client.getUser(ANA);
  assert.equal(
    credentials.some(({ credentialType }) => credentialType === 'IA'),
    true,
  );
  const without = await client.getUser(ANA, { rememberedDevices: false });
  assert.equal(
    without.credentials.some(({ credentialType }) => credentialType === 'IA'),
    false,
  );
});

test("the provider's time is read, for a child account too", async (t) => {
  const { client, clock } = await openVipClient(t);
  assert.equal(await client.getServerTime(), clock.now());
  await client.createUser({ userId: 'kid@example.com' }, { onBehalfOfAccountId: '1234567890' });
  await assert.rejects(client.getUser('kid@example.com'), failsWith('NOT_FOUND'));
  const kid = await client.getUser('kid@example.com', {}, { onBehalfOfAccountId: '1234567890' });
  assert.equal(kid.status, 'ACTIVE');
  await assert.rejects(
    client.getServerTime({ onBehalfOfAccountId: '9999999999' }),
    failsWith('FORBIDDEN', '6001'),
  );
});

const broken: [
  what: string,
  act: (client: Awaited<ReturnType<typeof openVipClient>>['client']) => Promise<unknown>,
  path: string[],
][] = [
  ['an empty user id', (client) => client.getUser(''), ['userId']],
  ['a user id of 129 characters', (client) => client.getUser('x'.repeat(129)), ['userId']],
  ['a user id XML cannot hold', (client) => client.getUser('a\u0000b'), ['userId']],
  ['a short code', (client) => client.checkOtp({ userId: ANA, otp: '12345', authContext: [] }), ['otp']],
  ['an old PIN alone', (client) => client.updateUser({ userId: ANA, oldPin: '4711' }), ['newPin']],
  ['no change', (client) => client.updateUser({ userId: ANA }), []],
  [
    'a phone number with a plus',
    (client) => client.registerPhone({ sms: { phoneNumber: '+16505551212' } }),
    ['sms', 'phoneNumber'],
  ],
  ['nowhere to send a code', (client) => client.sendOtp({ userId: ANA }), ['sms']],
  [
    'half a gateway account',
    (client) => client.registerPhone({ sms: { phoneNumber: '16505551212', gatewayId: 'x' } }),
    ['sms', 'gatewayPassword'],
  ],
  [
    'an IPv6 address',
    (client) => client.evaluateRisk({ userId: ANA, ipAddress: '::1', userAgent: 'x', attributes: [] }),
    ['ipAddress'],
  ],
  [
    'six credentials',
    (client) => client.pushCredentials({ credentials: Array<typeof PHONE>(6).fill(PHONE), ...PLAIN_PUSH }),
    ['credentials'],
  ],
  [
    'an account id with a dash',
    (client) => client.getServerTime({ onBehalfOfAccountId: '12-34' }),
    ['onBehalfOfAccountId'],
  ],
];
for (const [what, act, path] of broken) {
  test(`${what} is refused by name, and nothing is sent`, async (t) => {
    const { client, simulator } = await openVipClient(t);
    await assert.rejects(act(client), (error: unknown) => {
      assert(error instanceof ProviderError);
      assert.equal(error.code, 'INVALID_INPUT');
      assert.deepEqual(error.path, path);
      return true;
    });
    assert.deepEqual(simulator.control.calls(), {});
  });
}

test('the log has the request id of the envelope beside ours: a new one for each call, as support asks for it', async (t) => {
  const { client, logger } = await openVipClient(t);
  for (const requestId of ['ours-1', 'ours-2']) await client.getUser(ANA, {}, { requestId });
  const lines = logger.lines.filter(({ message }) => message === 'provider call');
  assert.deepEqual(
    lines.map(({ facts }) => facts['requestId']),
    ['ours-1', 'ours-2'],
  );
  const wire = lines.map(({ facts }) => String(facts['wireRequestId']));
  assert.equal(new Set(wire).size, 2);
  for (const id of wire) assert.match(id, /^[0-9a-f]{8}(_[0-9a-f]{4}){3}_[0-9a-f]{12}$/);
});
