import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitAttempts } from '../../../src/subgraph/attempt-limit.js';
import { openEmbedded } from '../../../src/live/embedded/open-embedded.js';
import { ProviderError } from '../../../src/provider-error.js';
import type { ProblemCode } from '../../../src/provider-error.js';
import type { RecordStore } from '../../../src/store/record-store.js';
import { ManualClock } from '../../support/manual-clock.js';
import { memoryLogger } from '../../support/memory-logger.js';
import type { Teardown } from '../../support/simulators.js';

const POLICY = { limit: 3, windowMs: 60_000 };
const ANNA = ['acme', null, 'anna'];

function open(t: Teardown): { records: RecordStore; clock: ManualClock } {
  const clock = new ManualClock();
  const ports = openEmbedded({ path: ':memory:', clock, logger: memoryLogger() });
  t.after(() => ports.close());
  return { records: ports.records, clock };
}

const attempt = (
  records: RecordStore,
  subject: readonly (string | null)[],
  work: () => Promise<void> = async () => undefined,
  counts: 'ALL' | 'WRONG' = 'ALL',
): Promise<void> => limitAttempts(records, [{ subject, policy: POLICY, counts }], work);

const isLimitedFor =
  (retryAfterMs: number) =>
  (error: unknown): boolean =>
    error instanceof ProviderError && error.code === 'RATE_LIMITED' && error.retryAfterMs === retryAfterMs;
const isLimited = isLimitedFor(POLICY.windowMs);

test('as many tries as the limit are let through, and then none until the window has passed since the first', async (t) => {
  const { records, clock } = open(t);
  for (let tries = 0; tries < 3; tries++) {
    await attempt(records, ANNA);
    await clock.advance(10_000);
  }
  await assert.rejects(attempt(records, ANNA), isLimitedFor(30_000));
  await clock.advance(29_999);
  await assert.rejects(attempt(records, ANNA), isLimitedFor(1));
  await clock.advance(1);
  await attempt(records, ANNA);
});

test('of many tries at once no more than the limit are let through', async (t) => {
  const { records } = open(t);
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => attempt(records, ANNA)));
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 3);
});

test('each subject is counted for itself, and parts cannot be moved from one to the next', async (t) => {
  const { records } = open(t);
  for (let tries = 0; tries < 3; tries++) await attempt(records, ANNA);
  for (const other of [
    ['acme', 'null', 'anna'],
    ['acme', null, 'ann', 'a'],
    ['acmenull', 'anna'],
    ['acme', null, 'Anna'],
  ])
    await attempt(records, other);
  await assert.rejects(attempt(records, ['acme', null, 'anna']), isLimited);
});

test('what is stored does not tell whose secret was tried', async (t) => {
  const { records } = open(t);
  const names: string[] = [];
  const watched: RecordStore = {
    ...records,
    increment: (name, windowMs, by) => {
      names.push(name);
      return records.increment(name, windowMs, by);
    },
  };
  await attempt(watched, ['anna@example.com']);
  assert.equal(names.length, 1);
  assert.doesNotMatch(names.join(), /anna|example/);
});

const failing = (code: ProblemCode) => (): Promise<void> => Promise.reject(new ProviderError(code));

test('where wrong ones count, a right secret, a refusal of its form and one that was not sent do not', async (t) => {
  const { records } = open(t);
  for (let tries = 0; tries < 10; tries++) {
    await attempt(records, ANNA, undefined, 'WRONG');
    for (const code of ['INVALID_INPUT', 'PROVIDER_UNAVAILABLE', 'NOT_FOUND'] as const)
      await assert.rejects(attempt(records, ANNA, failing(code), 'WRONG'), { code });
  }
  for (const code of ['WRONG_SECRET', 'LOCKED', 'OUTCOME_UNKNOWN'] as const)
    await assert.rejects(attempt(records, ANNA, failing(code), 'WRONG'), { code });
  await assert.rejects(attempt(records, ANNA, undefined, 'WRONG'), isLimited);
});

test('of many wrong ones at once no more than the limit are tried', async (t) => {
  const { records } = open(t);
  let tried = 0;
  const guess = (): Promise<void> => {
    tried++;
    return failing('WRONG_SECRET')();
  };
  await Promise.allSettled(Array.from({ length: 50 }, () => attempt(records, ANNA, guess, 'WRONG')));
  assert.equal(tried, 3);
});
