import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMessaging2fa, SEND } from './open.js';

test('a message is sent with its text, and answers the statuses the provider gives', async (t) => {
  const { run, simulator } = await openMessaging2fa(t);
  const { data, errors } = await run<Data>(SEND, {
    input: {
      recipients: ['bela@example.test', 'nodevice@example.test'],
      subject: 'Zahlung 4711',
      body: 'Approve 120 € to ACME?',
      availabilitySeconds: 60,
    },
  });
  assert.deepEqual(errors, undefined);
  const { twoFactorMessage, problem } = data.sendTwoFactorMessage;
  assert.equal(problem, null);
  assert(twoFactorMessage);
  assert.match(twoFactorMessage.messageId, /^@pbmsim1-/);
  assert.match(twoFactorMessage.secureId, /^[A-Za-z0-9]{6}$/);
  assert.deepEqual(twoFactorMessage.recipients, [
    { userId: 'bela@example.test', status: 'PENDING', isFinal: false },
    { userId: 'nodevice@example.test', status: 'NO_DEVICE', isFinal: true },
  ]);
  assert.equal(twoFactorMessage.outcome, 'NOT_APPROVED', 'not everybody can approve any more');
  assert.equal(new Date(twoFactorMessage.expiresAt).toISOString(), '2026-03-01T10:01:00.000Z');
  const [sent] = simulator.control.messages();
  assert.equal(sent?.subject, 'Zahlung 4711');
  assert.equal(sent.body, 'Approve 120 € to ACME?');
});

const broken: [rule: string, input: object, path: string[], message: RegExp][] = [
  ['nobody to send it to', { recipients: [] }, ['input', 'recipients'], /at least one/],
  ['the same person twice', { recipients: ['a@b.test', 'a@b.test'] }, ['input', 'recipients', '1'], /twice/],
  ['a blank person', { recipients: ['a@b.test', ' '] }, ['input', 'recipients', '1'], /empty/],
  [
    'no time to answer',
    { recipients: ['a@b.test'], availabilitySeconds: 0 },
    ['input', 'availabilitySeconds'],
    /1 to 86400/,
  ],
  [
    'too much time',
    { recipients: ['a@b.test'], availabilitySeconds: 86_401 },
    ['input', 'availabilitySeconds'],
    /1 to 86400/,
  ],
  ['a long subject', { recipients: ['a@b.test'], subject: '😀'.repeat(255) }, ['input', 'subject'], /254/],
  ['a long body', { recipients: ['a@b.test'], body: 'x'.repeat(4095) }, ['input', 'body'], /4094/],
  [
    'a bad idempotency key',
    { recipients: ['a@b.test'], idempotencyKey: '' },
    ['input', 'idempotencyKey'],
    /idempotencyKey/,
  ],
];
for (const [rule, input, path, message] of broken) {
  test(`a message with ${rule} is refused with the field and the rule, and nothing is sent`, async (t) => {
    const { run, simulator } = await openMessaging2fa(t);
    const { data } = await run<Data>(SEND, { input });
    const { twoFactorMessage, problem } = data.sendTwoFactorMessage;
    assert.equal(twoFactorMessage, null);
    assert.equal(problem?.code, 'INVALID_INPUT');
    assert.deepEqual(problem.path, path);
    assert.match(problem.message, message);
    assert.deepEqual(simulator.control.calls(), {});
  });
}

test('a subject of 254 characters, however many bytes, is accepted', async (t) => {
  const { send } = await openMessaging2fa(t);
  await send({ subject: '😀'.repeat(254) });
});

test("the provider's no is a problem with its own code, and never its text", async (t) => {
  const { run } = await openMessaging2fa(t);
  const { data } = await run<Data>(SEND, {
    input: { recipients: ['err420@example.test'], subject: 'INSUFFICIENT_BALANCE' },
  });
  const { problem } = data.sendTwoFactorMessage;
  assert.deepEqual(problem, {
    code: 'QUOTA_EXCEEDED',
    message: 'A limit of the account or plan at the provider is reached.',
    path: null,
    isRetryable: false,
    provider: 'MESSAGING2FA',
    providerCode: 'INSUFFICIENT_BALANCE',
  });
});

test('a send that ends in a server failure is not repeated, and says that it may have happened', async (t) => {
  const { run, simulator } = await openMessaging2fa(t);
  const { data } = await run<Data>(SEND, { input: { recipients: ['err500@example.test'] } });
  assert.equal(data.sendTwoFactorMessage.problem?.code, 'OUTCOME_UNKNOWN');
  assert.deepEqual(simulator.control.calls(), { sendMessage: 1 });
});

test('the same idempotency key and input send once and answer the same message', async (t) => {
  const { run, send, simulator } = await openMessaging2fa(t);
  const input = { recipients: ['bela@example.test'], subject: 'once', idempotencyKey: 'order-4711' };
  const ids = await Promise.all([send(input), send(input), send(input)]);
  ids.push(await send(input));
  assert.equal(new Set(ids).size, 1);
  assert.deepEqual(simulator.control.calls(), { sendMessage: 1 });

  const { data } = await run<Data>(SEND, { input: { ...input, subject: 'other' } });
  const { problem } = data.sendTwoFactorMessage;
  assert.equal(problem?.code, 'IDEMPOTENCY_MISMATCH');
  assert.deepEqual(problem.path, ['input', 'idempotencyKey']);
});

test('a caller without the write scope sends nothing', async (t) => {
  const { run, simulator } = await openMessaging2fa(t);
  const { errors } = await run(
    SEND,
    { input: { recipients: ['a@b.test'] } },
    { scopes: ['messaging2fa:read'] },
  );
  assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN');
  assert.deepEqual(simulator.control.calls(), {});
});

interface Data {
  readonly sendTwoFactorMessage: {
    readonly twoFactorMessage: {
      readonly messageId: string;
      readonly secureId: string;
      readonly outcome: string;
      readonly expiresAt: string;
      readonly recipients: object[];
    } | null;
    readonly problem: {
      readonly code: string;
      readonly message: string;
      readonly path: string[] | null;
    } | null;
  };
}
