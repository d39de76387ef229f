import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ProviderError } from '../../../src/provider-error.js';
import { WorkerPool } from '../../../src/providers/guardcrypto/local/worker-pool.js';
import { ManualClock } from '../../support/manual-clock.js';
import type * as operations from './local-operations.js';

const BUDGET_MS = 5_000;
const AT = { now: Date.UTC(2027, 0, 1) };

interface PoolOptions {
  readonly threads?: number;
  readonly maxQueue?: number;
  readonly memoryMiB?: number;
  readonly maxWaitMs?: number;
}

function openPool(t: TestContext, options: PoolOptions = {}) {
  const clock = new ManualClock();
  const budgets = new EventEmitter();
  const timer = {
    schedule: (ms: number, callback: () => void) => {
      if (ms === BUDGET_MS) budgets.emit('runs');
      return clock.schedule(ms, callback);
    },
  };
  const pool = new WorkerPool<typeof operations>({
    file: new URL(`./local-operations${extname(import.meta.url)}`, import.meta.url),
    ...{ timer, threads: 1, maxQueue: 4, maxWaitMs: 60_000, budgetMs: BUDGET_MS, memoryMiB: 256 },
    ...options,
  });
  t.after(() => pool.close());
  /** Has a thread do something endless. @returns once its budget runs */
  const workForever = async (fairnessKey?: string) => {
    const runs = once(budgets, 'runs');
    const endless = pool.run('work', {}, { ...AT, fairnessKey });
    endless.catch(() => undefined);
    await runs;
    return { endless };
  };
  return { pool, clock, workForever };
}

test('bytes go to a thread and come back without being copied, with the time the operation is told', async (t) => {
  const { pool } = openPool(t);
  const bytes = new Uint8Array(1_000_000).fill(7);
  const answer = await pool.run('measure', { bytes }, AT);
  assert.deepEqual([answer.length, answer.now, answer.bytes.length], [1_000_000, AT.now, 1_000_000]);
  assert.equal(answer.bytes[999_999], 7);
  assert.equal(bytes.length, 0, 'the memory went to the thread');
});

test('bytes that share their memory with others leave those alone', async (t) => {
  const { pool } = openPool(t);
  const memory = new Uint8Array(100).fill(7);
  await pool.run('measure', { bytes: memory.subarray(10, 20) }, AT);
  assert.equal(memory.length, 100);
});

test('what an operation refuses keeps code, path and sentence on its way out of the thread', async (t) => {
  const { pool } = openPool(t);
  await assert.rejects(pool.run('refuse', { field: 'key' }, AT), {
    name: 'ProviderError',
    code: 'INVALID_INPUT',
    path: ['key'],
    message: 'key must be another.',
  });
});

test('what trips a library is told as a fault of the material, and of no other call; the log learns where', async (t) => {
  const { pool } = openPool(t);
  await assert.rejects(pool.run('fail', {}, AT), (error) => {
    assert(error instanceof ProviderError);
    assert.deepEqual(
      [error.code, error.path, error.message],
      ['INVALID_INPUT', ['bytes'], 'bytes cannot be processed.'],
    );
    assert.match(String(error.cause), /^RangeError\n +at .*local-operations/);
    assert.doesNotMatch(String(error.cause), /private/);
    return true;
  });
  assert.equal((await pool.run('measure', { bytes: new Uint8Array(3) }, AT)).length, 3);
});

test('a thread that dies takes along its own call, and those that wait are served by another', async (t) => {
  const { pool } = openPool(t);
  const dying = pool.run('die', {}, AT);
  const waiting = pool.run('measure', { bytes: new Uint8Array(3) }, AT);
  await assert.rejects(dying);
  assert.equal((await waiting).length, 3);
});

test('a call over its budget ends with a code of its own, its thread is replaced, and waiting calls go on', async (t) => {
  const { pool, clock, workForever } = openPool(t);
  const { endless } = await workForever();
  const waiting = pool.run('measure', { bytes: new Uint8Array(3) }, AT);
  await clock.advance(BUDGET_MS);
  await assert.rejects(endless, { code: 'PROCESSING_LIMIT', isRetryable: false });
  assert.equal((await waiting).length, 3);
});

test('the budget counts from when a thread takes a call, however long it waited', async (t) => {
  const { clock, workForever } = openPool(t);
  const { endless } = await workForever();
  const second = workForever();
  await clock.advance(BUDGET_MS);
  await assert.rejects(endless, { code: 'PROCESSING_LIMIT' });
  const waited = await second;
  await clock.advance(BUDGET_MS - 1);
  const isOver = await Promise.race([waited.endless.catch(() => true), setImmediate(false)]);
  assert.equal(isOver, false, 'it has a budget of its own');
  await clock.advance(1);
  await assert.rejects(waited.endless, { code: 'PROCESSING_LIMIT' });
});

test('while one call works on something hard the others are served', async (t) => {
  const { pool, clock, workForever } = openPool(t, { threads: 2 });
  const { endless } = await workForever();
  for (let call = 0; call < 5; call += 1)
    assert.equal((await pool.run('measure', { bytes: new Uint8Array(3) }, AT)).length, 3);
  await clock.advance(BUDGET_MS);
  await assert.rejects(endless, { code: 'PROCESSING_LIMIT' });
});

test('a call that uses up the memory of its thread is a typed answer, and a fresh thread serves the next', async (t) => {
  const { pool } = openPool(t, { memoryMiB: 32 });
  await assert.rejects(pool.run('fill', {}, AT), { code: 'PROCESSING_LIMIT' });
  assert.equal((await pool.run('measure', { bytes: new Uint8Array(3) }, AT)).length, 3);
});

test('more calls than may wait are refused at once and may be tried again', async (t) => {
  const { pool, clock, workForever } = openPool(t, { maxQueue: 1 });
  const { endless } = await workForever();
  const waiting = pool.run('measure', { bytes: new Uint8Array(3) }, AT);
  await assert.rejects(pool.run('measure', { bytes: new Uint8Array(3) }, AT), {
    code: 'RATE_LIMITED',
    isRetryable: true,
  });
  await clock.advance(BUDGET_MS);
  await assert.rejects(endless, { code: 'PROCESSING_LIMIT' });
  await waiting;
});

test('one caller has half of the threads, and others the rest', async (t) => {
  const { pool, clock, workForever } = openPool(t, { threads: 2 });
  const { endless } = await workForever('anna');
  const second = assert.rejects(pool.run('work', {}, { ...AT, fairnessKey: 'anna' }));
  for (let call = 0; call < 3; call += 1)
    assert.equal(
      (await pool.run('measure', { bytes: new Uint8Array(3) }, { ...AT, fairnessKey: 'bela' })).length,
      3,
    );
  await clock.advance(BUDGET_MS);
  await assert.rejects(endless, { code: 'PROCESSING_LIMIT' });
  await pool.close();
  await second;
});

test('one caller has half of the places in the queue, and the others wait behind none of theirs', async (t) => {
  const { pool, clock, workForever } = openPool(t, { maxQueue: 4 });
  const { endless } = await workForever('anna');
  const order: string[] = [];
  const call = async (fairnessKey: string) => {
    await pool.run('measure', { bytes: new Uint8Array(3) }, { ...AT, fairnessKey });
    order.push(fairnessKey);
  };
  const calls = [call('anna'), call('anna'), call('bela')];
  await assert.rejects(call('anna'), { code: 'RATE_LIMITED', isRetryable: true });
  calls.push(call('carl'));
  await clock.advance(BUDGET_MS);
  await assert.rejects(endless, { code: 'PROCESSING_LIMIT' });
  await Promise.all(calls);
  assert.deepEqual(order, ['bela', 'carl', 'anna', 'anna']);
});

test('a call that waits too long for a thread is refused and may be tried again', async (t) => {
  const { pool, clock, workForever } = openPool(t, { maxWaitMs: 1_000 });
  await workForever();
  const waiting = assert.rejects(pool.run('measure', { bytes: new Uint8Array(3) }, AT), {
    code: 'RATE_LIMITED',
  });
  await clock.advance(1_000);
  await waiting;
});

test('closing ends calls under way, and there are none after it', async (t) => {
  const { pool } = openPool(t);
  const endless = assert.rejects(pool.run('work', {}, AT));
  await pool.close();
  await endless;
  await assert.rejects(pool.run('measure', { bytes: new Uint8Array(3) }, AT));
});
