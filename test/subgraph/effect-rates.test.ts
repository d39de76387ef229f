import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMessaging2fa } from '../resolvers/messaging2fa/open.js';

const SEND = /* GraphQL */ `
  mutation ($input: SendTwoFactorMessageInput!) {
    sendTwoFactorMessage(input: $input) {
      problem {
        code
        isRetryable
        retryAfterMs
      }
    }
  }
`;

interface Answer {
  readonly sendTwoFactorMessage: {
    readonly problem: { readonly code: string; readonly retryAfterMs: number } | null;
  };
}

const PER_CALLER = 3;
const settings = {
  MAX_EFFECTS_PER_CALLER_PER_MINUTE: `${PER_CALLER}`,
  MAX_EFFECTS_PER_TENANT_PER_MINUTE: '5',
};

test('commands are counted where they have their effect, per caller and per tenant', async (t) => {
  const { run } = await openMessaging2fa(t, { settings });
  let sent = 0;
  const send = async (caller: { subject?: string; tenant?: string }, input: object = {}) => {
    const recipients = [`somebody-${sent++}@example.test`];
    const { data } = await run<Answer>(SEND, { input: { recipients, ...input } }, caller);
    return data.sendTwoFactorMessage.problem;
  };
  for (let n = 0; n < PER_CALLER; n++) assert.equal(await send({ subject: 'ann' }), null);
  const problem = await send({ subject: 'ann' });
  assert.equal(problem?.code, 'RATE_LIMITED');
  assert.ok(problem.retryAfterMs > 0 && problem.retryAfterMs <= 60_000);
  for (let n = 0; n < 2; n++) assert.equal(await send({ subject: 'bob' }), null);
  assert.equal((await send({ subject: 'cid' }))?.code, 'RATE_LIMITED');
  assert.equal(await send({ subject: 'ann', tenant: 'other' }), null);
});

test('what breaks a rule, and a repetition that is answered from before, are no effects', async (t) => {
  const { run } = await openMessaging2fa(t, { settings });
  const send = async (input: object) =>
    (await run<Answer>(SEND, { input })).data.sendTwoFactorMessage.problem?.code;
  for (let n = 0; n < 10; n++) assert.equal(await send({ recipients: [''] }), 'INVALID_INPUT');
  const input = { recipients: ['bela@example.test'], idempotencyKey: 'once' };
  for (let n = 0; n < 10; n++) assert.equal(await send(input), undefined);
});
