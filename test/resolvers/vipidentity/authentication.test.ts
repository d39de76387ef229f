import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANA, GINA, openVip } from './open.js';

const PROOF =
  'isAuthenticated authentication { credentialId authenticationId isPinExpired authContext { key value } }';

test('a right code proves the user, with PIN and level; the provider is asked once', async (t) => {
  const { done, simulator } = await openVip(t);
  const input = { userId: GINA, pin: '4711', otp: '123456', authLevel: 2 };
  const answer = await done('authenticateVipUser', input, PROOF);
  assert.equal(answer['isAuthenticated'], true);
  const proof = answer['authentication'] as Record<string, unknown>;
  assert.match(String(proof['authenticationId']), /^[0-9A-F]{16}$/);
  assert.deepEqual(
    { ...proof, authenticationId: null },
    {
      credentialId: 'VSST43994978',
      authenticationId: null,
      isPinExpired: false,
      authContext: [{ key: 'authLevel.level', value: '2' }],
    },
  );
  assert.deepEqual(simulator.control.calls(), { authenticateUser: 1 });
});

const refusals: [what: string, input: Record<string, unknown>, code: string, status: string][] = [
  ['a wrong code', { userId: GINA, otp: '000000' }, 'WRONG_SECRET', 'AUTHENTICATION_FAILED'],
  ['a wrong PIN', { userId: GINA, otp: '123456', pin: '9999' }, 'WRONG_SECRET', 'INVALID_PIN'],
  ['an unknown user', { userId: 'nobody@example.com', otp: '123456' }, 'NOT_FOUND', 'USER_NOT_FOUND'],
  ['a locked user', { userId: 'eve@example.com', otp: '123456' }, 'LOCKED', 'WRONG_USER_STATUS'],
];
for (const [what, input, code, status] of refusals) {
  test(`${what} is ${status}, and authenticates nobody`, async (t) => {
    const { command } = await openVip(t);
    const answer = await command('authenticateVipUser', input, PROOF);
    assert.equal(answer['isAuthenticated'], false);
    assert.equal(answer['authentication'], null);
    assert.equal(answer.problem?.code, code);
    assert.equal(answer.outcome?.status, status);
  });
}

test('a success of the provider that proves no second factor authenticates nobody', async (t) => {
  const { command, simulator } = await openVip(t);
  simulator.control.injectOutcome({
    operation: 'authenticateUser',
    status: '0000',
    statusMessage: 'Success',
  });
  const answer = await command('authenticateVipUser', { userId: GINA, pin: '4711', otp: '123456' }, PROOF);
  assert.equal(answer['isAuthenticated'], false);
  assert.equal(answer.problem?.code, 'OUTCOME_UNKNOWN');
});

const others: [field: string, operation: string, status: string, name: string, input: object][] = [
  ['authenticateVipCredentials', 'authenticateCredentials', '6040', 'PUSH_SENT', { otp: '123456' }],
  ['pushVipCredentials', 'authenticateCredentials', '0000', 'SUCCESS', { title: 'Sign in', text: 'You?' }],
  ['authenticateVipUser', 'authenticateUser', '0000', 'SUCCESS', { userId: GINA, otp: '123456' }],
  ['checkVipOtp', 'checkOtp', '0000', 'SUCCESS', { userId: GINA, otp: '123456' }],
];
for (const [field, operation, status, name, input] of others) {
  test(`${field}: a success that is not one of it, ${status}, is told as what the provider has said, again too`, async (t) => {
    const { command, simulator } = await openVip(t);
    simulator.control.injectOutcome({ operation, status, statusMessage: 'x' });
    const credentials = { credentials: [{ credentialId: 'VSMT12345678' }] };
    const given = { ...('userId' in input ? {} : credentials), ...input, idempotencyKey: 'once' };
    for (let time = 0; time < 2; time++) {
      const { outcome, problem } = await command(field, given);
      assert.deepEqual(outcome, { status: name, providerStatus: status, detail: null });
      assert.deepEqual([problem?.code, problem?.providerCode], ['OUTCOME_UNKNOWN', status]);
    }
    assert.equal(simulator.control.calls()[operation], 1);
  });
}

test('a PIN alone cannot even be asked about', async (t) => {
  const { run, simulator } = await openVip(t);
  const { errors } = await run(
    'mutation ($input: AuthenticateVipUserInput!) { authenticateVipUser(input: $input) { isAuthenticated } }',
    { input: { userId: GINA, pin: '4711' } },
  );
  assert.match(errors?.[0]?.message ?? '', /otp/);
  assert.deepEqual(simulator.control.calls(), {});
});

test('credentials are proven by a code without naming a user, tokens and phones alike', async (t) => {
  const { done, command } = await openVip(t);
  const token = { credentials: [{ credentialId: 'VSST43994978' }], otp: '123456' };
  const byToken = await done('authenticateVipCredentials', token, PROOF);
  assert.equal((byToken['authentication'] as { credentialId: string }).credentialId, 'VSST43994978');
  await done('sendVipOtp', { userId: ANA, sms: { phoneNumber: '16505551212' } });
  const phone = { credentials: [{ credentialId: '16505551212', type: 'SMS_OTP' }], otp: '654321' };
  assert.equal((await done('authenticateVipCredentials', phone, PROOF))['isAuthenticated'], true);
  const unknown = { credentials: [{ credentialId: '16505551212', type: 'UNKNOWN' }], otp: '654321' };
  const refused = await command('authenticateVipCredentials', unknown, PROOF);
  assert.deepEqual(refused.problem?.path, ['input', 'credentials', '0', 'type']);
});

test('an operation with two fields that check a secret is refused before either does, fragments and aliases too', async (t) => {
  const { run, simulator } = await openVip(t);
  const one = `a: checkVipOtp(input: { userId: "${GINA}", otp: "123456" }) { isAuthenticated }`;
  const two = `b: authenticateVipUser(input: { userId: "${GINA}", otp: "654321" }) { isAuthenticated }`;
  for (const document of [
    `mutation { ${one} ${two} }`,
    `mutation { ${one} ...F } fragment F on Mutation { ${two} }`,
  ]) {
    const { errors } = await run(document);
    assert.equal(errors?.[0]?.extensions?.['code'], 'LIMIT_EXCEEDED');
  }
  assert.deepEqual(simulator.control.calls(), {});
});

test('a repeated request under the same key answers the first result and tries nothing again', async (t) => {
  const { command, simulator } = await openVip(t);
  const input = { userId: GINA, otp: '000000', idempotencyKey: 'try-1' };
  for (let sent = 0; sent < 10; sent++) {
    const answer = await command('checkVipOtp', input);
    assert.equal(answer.problem?.code, 'WRONG_SECRET');
    assert.equal(answer.outcome?.detail, 'INVALID_OTP');
  }
  assert.deepEqual(simulator.control.calls(), { checkOtp: 1 });
});

test('a risky sign-in is a result; its feedback is taken', async (t) => {
  const { done } = await openVip(t);
  const signIn = { userId: ANA, userAgent: 'Mozilla/5.0', attributes: [{ key: 'channel', value: 'web' }] };
  const fields = 'evaluation { isRisky score threshold reason eventId }';
  const risky = await done('evaluateVipRisk', { ...signIn, ipAddress: '203.0.113.66' }, fields);
  const evaluation = risky['evaluation'] as { isRisky: boolean; eventId: string };
  assert.equal(evaluation.isRisky, true);
  assert.equal(risky.outcome?.providerStatus, '6009');
  const confirmed = await done(
    'confirmVipRisk',
    { userId: ANA, eventId: evaluation.eventId },
    'attributes { key value }',
  );
  assert.deepEqual(confirmed['attributes'], [{ key: 'device.feedback', value: 'true' }]);
  const fine = await done(
    'evaluateVipRisk',
    { ...signIn, ipAddress: '203.0.113.70', deviceFingerprint: 'laptop' },
    fields,
  );
  const { isRisky, eventId } = fine['evaluation'] as { isRisky: boolean; eventId: string };
  assert.equal(isRisky, false);
  const denial = {
    userId: ANA,
    eventId,
    deviceFingerprint: 'laptop',
    rememberDevice: true,
    friendlyName: 'laptop',
  };
  const denied = await done('denyVipRisk', denial, 'attributes { key value }');
  assert.deepEqual(denied['attributes'], [
    { key: 'device.feedback', value: 'true' },
    { key: 'device.feedback.reason', value: 'SUCCESS' },
    ...(denied['attributes'] as { key: string }[]).slice(2),
  ]);
});

test('fields ask for their scopes', async (t) => {
  const { run, simulator } = await openVip(t);
  const asked: [document: string, scope: string][] = [
    [`{ vipUser(userId: "${GINA}") { status } }`, 'vipidentity:read'],
    [`mutation { deleteVipUser(input: { userId: "${GINA}" }) { deletedUserId } }`, 'vipidentity:write'],
    [
      `mutation { checkVipOtp(input: { userId: "${GINA}", otp: "123456" }) { isAuthenticated } }`,
      'vipidentity:authenticate',
    ],
    [`mutation { pushVipUser(input: { userId: "${ANA}" }) { vipPush { id } } }`, 'vipidentity:authenticate'],
  ];
  const all = ['vipidentity:read', 'vipidentity:write', 'vipidentity:authenticate', 'vipidentity:secrets'];
  for (const [document, scope] of asked) {
    const { errors } = await run(document, {}, { scopes: all.filter((other) => other !== scope) });
    assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN', document);
  }
  assert.deepEqual(simulator.control.calls(), {});
});
