import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMessaging2fa } from './open.js';
import type { Messaging2faUnderTest } from './open.js';

const SEND = /* GraphQL */ `
  mutation ($input: SendTwoFactorMessageInput!) {
    sendTwoFactorMessage(input: $input) {
      problem {
        code
        message
        path
        isRetryable
        retryAfterMs
      }
    }
  }
`;

interface Answer {
  readonly sendTwoFactorMessage: { readonly problem: Readonly<Record<string, unknown>> | null };
}

const BELA = 'bela@example.test';
const ADA = 'ada@example.test';
const PER_MINUTE = 10;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

async function send(
  { run }: Messaging2faUnderTest,
  recipients: readonly string[],
  caller: { subject?: string; tenant?: string } = {},
) {
  const { data, errors } = await run<Answer>(SEND, { input: { recipients } }, caller);
  assert.deepEqual(errors, undefined);
  return data.sendTwoFactorMessage.problem;
}

const refusal = (index: number, retryAfterMs: number) => ({
  code: 'RATE_LIMITED',
  message: 'This person was asked too often; try again later.',
  path: ['input', 'recipients', String(index)],
  isRetryable: true,
  retryAfterMs,
});

test('one person is asked only so often in a minute, and whoever asks is told when to ask again', async (t) => {
  const service = await openMessaging2fa(t);
  const problems = [];
  for (let asked = 0; asked < 30; asked++) problems.push(await send(service, [BELA]));
  assert.equal(problems.filter((problem) => problem === null).length, PER_MINUTE);
  assert.deepEqual({ ...problems.at(-1) }, refusal(0, MINUTE_MS));
  await service.clock.advance(MINUTE_MS);
  assert.equal(await send(service, [BELA]), null);
});

test('another caller, another tenant, another spelling and company in the list are the same person', async (t) => {
  const service = await openMessaging2fa(t);
  for (let asked = 0; asked < PER_MINUTE; asked++)
    assert.equal(await send(service, [BELA], { subject: `caller-${asked}` }), null);
  for (const [recipients, caller, index] of [
    [[BELA], { subject: 'eve' }, 0],
    [[BELA], { tenant: 'other' }, 0],
    [['Bela@Example.test'], {}, 0],
    [[ADA, BELA], {}, 1],
  ] as const)
    assert.deepEqual({ ...(await send(service, recipients, caller)) }, refusal(index, MINUTE_MS));
});

test('a refused message asks nobody: the others of its list may be asked as often as before', async (t) => {
  const service = await openMessaging2fa(t);
  for (let asked = 0; asked < PER_MINUTE; asked++) await send(service, [BELA]);
  for (let asked = 0; asked < 2 * PER_MINUTE; asked++)
    assert.notEqual(await send(service, [ADA, BELA]), null);
  for (let asked = 0; asked < PER_MINUTE; asked++) assert.equal(await send(service, [ADA]), null);
});

test('a message that breaks a rule counts for nobody', async (t) => {
  const service = await openMessaging2fa(t);
  for (let asked = 0; asked < 2 * PER_MINUTE; asked++)
    assert.equal((await send(service, [BELA, '']))?.['code'], 'INVALID_INPUT');
  assert.equal(await send(service, [BELA]), null);
});

test('whoever keeps below the limit of the minute is held by that of the hour', async (t) => {
  const service = await openMessaging2fa(t);
  let sent = 0;
  let problem = null;
  while (problem === null && sent < 100) {
    problem = await send(service, [BELA]);
    if (problem === null) sent++;
    if (sent % PER_MINUTE === 0) await service.clock.advance(MINUTE_MS);
  }
  assert.equal(sent, 60);
  const minutesSpent = sent / PER_MINUTE;
  assert.deepEqual({ ...problem }, refusal(0, HOUR_MS - minutesSpent * MINUTE_MS), 'what is left of it');
});

test('0 takes both limits away', async (t) => {
  const service = await openMessaging2fa(t, {
    settings: { MAX_ASKS_PER_PERSON_PER_MINUTE: '0', MAX_ASKS_PER_PERSON_PER_HOUR: '0' },
  });
  for (let asked = 0; asked < 70; asked++) assert.equal(await send(service, [BELA]), null);
});
