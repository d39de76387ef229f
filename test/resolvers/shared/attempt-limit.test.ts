import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countAttempt } from '../../../src/subgraph/attempt-limit.js';
import { openEmbedded } from '../../../src/live/embedded/open-embedded.js';
import { ProviderError } from '../../../src/provider-error.js';
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

const isLimited = (error: unknown): boolean =>
  error instanceof ProviderError && error.code === 'RATE_LIMITED' && error.retryAfterMs === POLICY.windowMs;

test('as many tries as the limit are let through, and then none until the window has passed since the first', async (t) => {
  const { records, clock } = open(t);
  for (let tries = 0; tries < 3; tries++) {
    await countAttempt(records, ANNA, POLICY);
    await clock.advance(10_000);
  }
  await assert.rejects(countAttempt(records, ANNA, POLICY), isLimited);
  await clock.advance(29_999);
  await assert.rejects(countAttempt(records, ANNA, POLICY), isLimited);
  await clock.advance(1);
  await countAttempt(records, ANNA, POLICY);
});

test('of many tries at once no more than the limit are let through', async (t) => {
  const { records } = open(t);
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, () => countAttempt(records, ANNA, POLICY)),
  );
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 3);
});

test('each subject is counted for itself, and parts cannot be moved from one to the next', async (t) => {
  const { records } = open(t);
  for (let tries = 0; tries < 3; tries++) await countAttempt(records, ANNA, POLICY);
  for (const other of [
    ['acme', 'null', 'anna'],
    ['acme', null, 'ann', 'a'],
    ['acmenull', 'anna'],
    ['acme', null, 'Anna'],
  ])
    await countAttempt(records, other, POLICY);
  await assert.rejects(countAttempt(records, ['acme', null, 'anna'], POLICY), isLimited);
});

test('what is stored does not tell whose secret was tried', async (t) => {
  const { records } = open(t);
  const names: string[] = [];
  const watched: RecordStore = {
    ...records,
    increment: (name, windowMs) => {
      names.push(name);
      return records.increment(name, windowMs);
    },
  };
  await countAttempt(watched, ['anna@example.com'], POLICY);
  assert.equal(names.length, 1);
  assert.doesNotMatch(names.join(), /anna|example/);
});
