import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, graphql } from 'graphql';
import { ATTEMPTS } from '../../resolvers/vipidentity/attempt-guard.js';
import { ProviderError } from '../../src/provider-error.js';
import { translateErrors } from '../../src/subgraph/errors.js';
import { GINA, openVip } from '../resolvers/vipidentity/open.js';

test('a command that came too often says in its problem how long to wait', async (t) => {
  const { command } = await openVip(t);
  for (let tried = 0; tried < ATTEMPTS.strangers.perMinute; tried++) {
    const wrong = await command('checkVipOtp', { userId: GINA, otp: '000000' });
    assert.equal(wrong.problem?.code, 'WRONG_SECRET');
  }
  const { told, problem } = await command(
    'checkVipOtp',
    { userId: GINA, otp: '000000' },
    'told: problem { retryAfterMs }',
  );
  assert.equal(problem?.code, 'RATE_LIMITED');
  assert.deepEqual({ ...(told as object) }, { retryAfterMs: 60_000 });
});

test('a problem that time does not mend has no time to wait', async (t) => {
  const { command } = await openVip(t);
  const { told } = await command(
    'checkVipOtp',
    { userId: GINA, otp: '000000' },
    'told: problem { retryAfterMs }',
  );
  assert.deepEqual({ ...(told as object) }, { retryAfterMs: null });
});

const waits: [what: string, asked: number | undefined, told: number | undefined][] = [
  ['how long the provider asks to wait', 2_500, 2_500],
  ['whole milliseconds', 0.25, 1],
  ['no more than an Int can hold', 999_999_999_000, 2_147_483_647],
  ['nothing where nobody knows', undefined, undefined],
];
for (const [what, retryAfterMs, told] of waits) {
  test(`a read that fails says ${what}`, async () => {
    const schema = buildSchema('type Query { read: String }');
    const query = schema.getQueryType()?.getFields()['read'];
    assert(query);
    query.resolve = () => Promise.reject(new ProviderError('RATE_LIMITED', { retryAfterMs }));
    translateErrors(schema);
    const { errors } = await graphql({ schema, source: '{ read }' });
    assert.equal(errors?.[0]?.extensions['code'], 'RATE_LIMITED');
    assert.equal(errors[0].extensions['retryAfterMs'], told);
  });
}
