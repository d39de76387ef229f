import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globalId } from '../../../src/subgraph/global-id.js';
import { ANA, GINA, openVip } from './open.js';

const FIELDS = 'vipUser { userId status isPinSet hasTemporaryPassword }';

test('a user is created, changed and deleted, and each answer shows the user as they are then', async (t) => {
  const { done, command, run } = await openVip(t);
  const userId = 'new@example.com';
  const created = await done('createVipUser', { userId, pin: '4711' }, FIELDS);
  assert.deepEqual(created['vipUser'], {
    userId,
    status: 'ACTIVE',
    isPinSet: true,
    hasTemporaryPassword: false,
  });
  assert.deepEqual(created.outcome, { status: 'SUCCESS', providerStatus: '0000', detail: null });

  const change = {
    userId,
    newUserId: 'newer@example.com',
    newUserStatus: 'DISABLED',
    oldPin: '4711',
    newPin: '4712',
  };
  const updated = await done('updateVipUser', change, FIELDS);
  assert.deepEqual(updated['vipUser'], {
    userId: 'newer@example.com',
    status: 'DISABLED',
    isPinSet: true,
    hasTemporaryPassword: false,
  });
  const cleared = await done('clearVipUserPin', { userId: 'newer@example.com' }, 'vipUser { isPinSet }');
  assert.deepEqual(cleared['vipUser'], { isPinSet: false });
  const deleted = await done('deleteVipUser', { userId: 'newer@example.com' }, 'deletedUserId');
  assert.equal(deleted['deletedUserId'], 'newer@example.com');
  assert.deepEqual((await run('{ vipUser(userId: "newer@example.com") { status } }')).data, {
    vipUser: null,
  });
  const again = await command('deleteVipUser', { userId: 'newer@example.com' }, 'deletedUserId');
  assert.deepEqual(again.outcome, { status: 'USER_NOT_FOUND', providerStatus: '6003', detail: null });
  assert.equal(again.problem?.code, 'NOT_FOUND');
  assert.equal(again['deletedUserId'], null);
});

test('a user has credentials, bindings, push attributes and the person', async (t) => {
  const { run } = await openVip(t);
  const document = `{ vipUser(userId: "${ANA}") { id userId status providerStatus bindingCount person { email }
    credentials { credentialId type providerType status isPushEnabled pushAttributes { key value } binding { status friendlyName boundAt lastAuthenticatedAt } token { adapter } } } }`;
  const { data, errors } = await run<{ vipUser: Record<string, unknown> & { credentials: unknown[] } }>(
    document,
  );
  assert.deepEqual(errors, undefined);
  const { credentials, ...user } = data.vipUser;
  assert.deepEqual(user, {
    id: globalId('VipUser', '', ANA),
    userId: ANA,
    status: 'ACTIVE',
    providerStatus: 'ACTIVE',
    bindingCount: 2,
    person: { email: ANA },
  });
  assert.deepEqual(credentials[1], {
    credentialId: '16505551212',
    type: 'SMS_OTP',
    providerType: 'SMS_OTP',
    status: 'ENABLED',
    isPushEnabled: false,
    pushAttributes: [],
    binding: {
      status: 'ENABLED',
      friendlyName: null,
      boundAt: new Date(Date.UTC(2026, 2, 1, 10)),
      lastAuthenticatedAt: null,
    },
    token: null,
  });
});

for (const ending of ['_1_8', '_1_8/', '_1_8?pool=_1_7']) {
  test(`an endpoint that ends in ${ending} is one of version 1.8, which tells of the tokens behind credentials`, async (t) => {
    const { run } = await openVip(t, { ending });
    const { data } = await run(
      `{ vipUser(userId: "${ANA}") { credentials { token { tokenId type adapter status } tokenCategory { categoryId formFactor } } } }`,
    );
    assert.deepEqual(data, {
      vipUser: {
        credentials: [
          {
            token: { tokenId: 'VSMT12345678', type: null, adapter: 'OATH_TIME', status: 'ENABLED' },
            tokenCategory: { categoryId: '70', formFactor: 'MOBILE' },
          },
          {
            token: { tokenId: '16505551212', type: 'SMS', adapter: 'SMS_OTP', status: 'ENABLED' },
            tokenCategory: null,
          },
        ],
      },
    });
  });
}

test('a friendly name of blanks, as others may have given it, is none, and any other stands as it is', async (t) => {
  const { run, simulator } = await openVip(t);
  const names = ['  ', '\u00a0', '\n\t', ' fob ', '0'];
  const credentials = names.map((friendlyName, place) => ({
    credentialId: `VSST1000000${place}`,
    credentialType: 'STANDARD_OTP' as const,
    friendlyName,
  }));
  simulator.control.createUser({ userId: 'nina', credentials });
  const { data } = await run<{ vipUser: { credentials: { binding: { friendlyName: string | null } }[] } }>(
    '{ vipUser(userId: "nina") { credentials { binding { friendlyName } } } }',
  );
  assert.deepEqual(
    data.vipUser.credentials.map(({ binding }) => binding.friendlyName),
    [null, null, null, ' fob ', '0'],
  );
});

test('the provider is asked once for whatever a user shows, and once more for the temporary password', async (t) => {
  const { run, done, simulator } = await openVip(t);
  simulator.control.resetCalls();
  await run(
    `{ vipUser(userId: "${ANA}") { credentials { credentialId binding { status } pushAttributes { key } } temporaryPassword { expiresAt } } }`,
  );
  assert.deepEqual(simulator.control.calls(), { getUserInfo: 1 });
  await done('setVipTemporaryPassword', { userId: ANA });
  simulator.control.resetCalls();
  await run(`{ vipUser(userId: "${ANA}") { temporaryPassword { expiresAt isOneTimeUseOnly } } }`);
  assert.deepEqual(simulator.control.calls(), { getUserInfo: 1, getTemporaryPasswordAttributes: 1 });
  simulator.control.resetCalls();
  await done('clearVipTemporaryPassword', { userId: ANA });
  assert.deepEqual(
    simulator.control.calls(),
    { clearTemporaryPassword: 1 },
    'a user nobody asks for is not read',
  );
});

test('a temporary password is set, delivered, changed and cleared; it is told once and only under its scope', async (t) => {
  const { done, run, simulator, clock } = await openVip(t);
  const set = await done(
    'setVipTemporaryPassword',
    { userId: ANA, temporaryPassword: '012345', sms: { phoneNumber: '16505551212' } },
    'temporaryPassword vipUser { hasTemporaryPassword }',
  );
  assert.equal(set['temporaryPassword'], '012345');
  assert.deepEqual(set['vipUser'], { hasTemporaryPassword: true });
  assert.equal(simulator.control.outbox().length, 1);
  await done('setVipTemporaryPassword', { userId: ANA, voice: { phoneNumber: '16505551212' } });
  const expiresAt = new Date(clock.now() + 3_600_000);
  const updated = await done(
    'updateVipTemporaryPassword',
    { userId: ANA, expiresAt: expiresAt.toISOString(), isOneTimeUseOnly: true },
    'vipUser { temporaryPassword { expiresAt isOneTimeUseOnly } }',
  );
  assert.deepEqual(updated['vipUser'], { temporaryPassword: { expiresAt, isOneTimeUseOnly: true } });
  const { data, errors } = await run(
    'mutation ($input: SetVipTemporaryPasswordInput!) { setVipTemporaryPassword(input: $input) { temporaryPassword problem { code } } }',
    { input: { userId: ANA, sms: { phoneNumber: '16505551212' } } },
    { scopes: ['vipidentity:read', 'vipidentity:write'] },
  );
  assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN');
  assert.deepEqual(data, { setVipTemporaryPassword: null });
  assert.equal(simulator.control.outbox().length, 2, 'refused before anything was set or sent');
});

test('credentials are added by a code or as a trusted device, renamed, shown and removed', async (t) => {
  const { done, command, run } = await openVip(t);
  const dora = { userId: 'dora@example.com' };
  const wrong = await command('addVipCredential', { ...dora, credentialId: 'VSST00000001', otp: '000000' });
  assert.deepEqual(wrong.outcome, {
    status: 'AUTHENTICATION_FAILED',
    providerStatus: '6009',
    detail: 'INVALID_OTP',
  });
  assert.equal(wrong.problem?.code, 'WRONG_SECRET');
  const added = await done(
    'addVipCredential',
    { ...dora, credentialId: 'VSST00000001', otp: '123456', friendlyName: 'fob' },
    'vipUser { credentials { credentialId binding { friendlyName } } }',
  );
  assert.deepEqual(added['vipUser'], {
    credentials: [{ credentialId: 'VSST00000001', binding: { friendlyName: 'fob' } }],
  });
  await done('addVipTrustedDevice', { ...dora, credentialId: 'VSST00000002' });
  const blank = { ...dora, credentialId: 'VSST00000001', friendlyName: ' \u00a0 ' };
  assert.deepEqual((await command('updateVipCredential', blank)).problem, {
    code: 'INVALID_INPUT',
    providerCode: null,
    path: ['input', 'friendlyName'],
  });
  await done('updateVipCredential', { ...dora, credentialId: 'VSST00000001', friendlyName: 'spare' });
  const { data } = await run(
    '{ vipCredential(credentialId: "VSST00000001") { id type status bindingCount users { userId status binding { friendlyName } person { email } } } }',
  );
  assert.deepEqual(data, {
    vipCredential: {
      id: globalId('VipCredential', '', 'STANDARD_OTP', 'VSST00000001'),
      type: 'STANDARD_OTP',
      status: 'ENABLED',
      bindingCount: 1,
      users: [
        {
          userId: 'dora@example.com',
          status: 'ACTIVE',
          binding: { friendlyName: 'spare' },
          person: { email: 'dora@example.com' },
        },
      ],
    },
  });
  await done('removeVipCredential', { ...dora, credentialId: 'VSST00000001' });
  const again = await command('removeVipCredential', { ...dora, credentialId: 'VSST00000001' });
  assert.equal(again.outcome?.status, 'NOT_BOUND');
});

test('phones and services are registered, and a phone is sent a code that proves the user', async (t) => {
  const { done, command } = await openVip(t);
  const registered = await done(
    'registerVipPhone',
    { sms: { phoneNumber: '16505550000' } },
    'credentialId otp',
  );
  assert.deepEqual([registered['credentialId'], registered['otp']], ['16505550000', null]);
  await done('registerVipPhone', { voice: { phoneNumber: '16505550001', language: 'en-us' } });
  const service = await done('registerVipService', { serviceId: 'SVC00000009' }, 'credentialId otp');
  assert.equal(service['otp'], '654321');
  const twice = await command('registerVipPhone', { sms: { phoneNumber: '16505550000' } });
  assert.deepEqual(twice.outcome, {
    status: 'ALREADY_REGISTERED',
    providerStatus: '6026',
    detail: 'ALREADY_ACTIVATED',
  });
  const sent = await done('sendVipOtp', { userId: ANA, sms: { phoneNumber: '16505551212' } }, 'isSent');
  assert.equal(sent['isSent'], true);
  const checked = await done(
    'checkVipOtp',
    { userId: ANA, otp: '654321' },
    'isAuthenticated authentication { credentialId credentialType }',
  );
  assert.deepEqual(checked['authentication'], { credentialId: '16505551212', credentialType: 'SMS_OTP' });
});

test('child accounts have users of their own', async (t) => {
  const { done, run } = await openVip(t);
  await done(
    'createVipUser',
    { userId: 'kid@example.com', onBehalfOfAccountId: '1234567890' },
    'vipUser { id }',
  );
  const { data } = await run(
    '{ own: vipUser(userId: "kid@example.com") { id } child: vipUser(userId: "kid@example.com", onBehalfOfAccountId: "1234567890") { id onBehalfOfAccountId } }',
  );
  assert.deepEqual(data, {
    own: null,
    child: { id: globalId('VipUser', '1234567890', 'kid@example.com'), onBehalfOfAccountId: '1234567890' },
  });
});

test('the same key does the same thing once, and another input under it is refused', async (t) => {
  const { command, simulator } = await openVip(t);
  const input = { userId: 'once@example.com', pin: '4711', idempotencyKey: 'k1' };
  assert.equal((await command('createVipUser', input)).problem, null);
  assert.equal((await command('createVipUser', input)).problem, null);
  assert.deepEqual(simulator.control.calls(), { createUser: 1 });
  assert.equal(
    (await command('createVipUser', { ...input, pin: '4712' })).problem?.code,
    'IDEMPOTENCY_MISMATCH',
  );
});

test("a person's VIP user is found by the address, and the provider's clock is read", async (t) => {
  const { run, clock } = await openVip(t);
  const { data } = await run(
    '{ known: person(email: "GINA@example.com") { email vipUser { status isPinSet } } unknown: person(email: "nobody@example.com") { vipUser { status } } vipServerTime }',
  );
  assert.deepEqual(data, {
    known: { email: GINA, vipUser: { status: 'ACTIVE', isPinSet: true } },
    unknown: { vipUser: null },
    vipServerTime: new Date(clock.now()),
  });
});

test('a provider that cannot be reached blanks only what needs it', async (t) => {
  const { run, simulator } = await openVip(t);
  simulator.control.injectFault({ status: 500, count: 10 });
  const { data, errors } = await run('{ person(email: "gina@example.com") { email vipUser { status } } }');
  assert.deepEqual(data, { person: { email: GINA, vipUser: null } });
  assert.equal(errors?.[0]?.extensions['code'], 'PROVIDER_UNAVAILABLE');
});

test('users and pushes are found by key for the gateway', async (t) => {
  const { run, done } = await openVip(t);
  const push = await done('pushVipUser', { userId: ANA }, 'vipPush { id }');
  const id = (push['vipPush'] as { id: string }).id;
  const representations = [
    { __typename: 'VipUser', id: globalId('VipUser', '', GINA) },
    { __typename: 'VipPush', id },
    { __typename: 'VipUser', id: 'nonsense' },
  ];
  const document =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on VipUser { userId credentials { credentialId } } ... on VipPush { state } } }';
  const { data } = await run(document, { r: representations });
  assert.deepEqual(data, {
    _entities: [
      { userId: GINA, credentials: [{ credentialId: 'VSST43994978' }] },
      { state: 'PENDING' },
      null,
    ],
  });
});
