import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { WorkerPool } from '../../../src/providers/guardcrypto/local/worker-pool.js';
import { ManualClock } from '../../support/manual-clock.js';
import type * as operations from './local-operations.js';

function openPool(t: TestContext, options: { threads?: number; maxQueue?: number } = {}) {
  const clock = new ManualClock();
  const pool = new WorkerPool<typeof operations>({
    file: new URL('./local-operations.ts', import.meta.url),
    clock,
    timer: clock,
    threads: 1,
    maxQueue: 4,
    callTimeoutMs: 30_000,
    memoryMiB: 256,
    ...options,
  });
  t.after(() => pool.close());
  return { pool, clock };
}

test('bytes go to a thread and come back without being copied, with the time of the clock', async (t) => {
  const { pool, clock } = openPool(t);
  const bytes = new Uint8Array(1_000_000).fill(7);
  const answer = await pool.run('measure', { bytes });
  assert.deepEqual([answer.length, answer.now, answer.bytes.length], [1_000_000, clock.now(), 1_000_000]);
  assert.equal(answer.bytes[999_999], 7);
  assert.equal(bytes.length, 0, 'the memory went to the thread');
});

test('bytes that share their memory with others leave those alone', async (t) => {
  const { pool } = openPool(t);
  const memory = new Uint8Array(100).fill(7);
  await pool.run('measure', { bytes: memory.subarray(10, 20) });
  assert.equal(memory.length, 100);
});

test('what an operation refuses keeps code, path and sentence on its way out of the thread', async (t) => {
  const { pool } = openPool(t);
  await assert.rejects(pool.run('refuse', { field: 'key' }), {
    name: 'ProviderError',
    code: 'INVALID_INPUT',
    path: ['key'],
    message: 'key must be another.',
  });
});

test('an error nobody expected fails its call and no other', async (t) => {
  const { pool } = openPool(t);
  await assert.rejects(pool.run('fail', {}), RangeError);
  assert.equal((await pool.run('measure', { bytes: new Uint8Array(3) })).length, 3);
});

test('a thread that dies takes along its own call, and those that wait are served by another', async (t) => {
  const { pool } = openPool(t);
  const dying = pool.run('die', {});
  const waiting = pool.run('measure', { bytes: new Uint8Array(3) });
  await assert.rejects(dying);
  assert.equal((await waiting).length, 3);
});

test('a call that takes too long is given up, and its thread with it', async (t) => {
  const { pool, clock } = openPool(t);
  const endless = assert.rejects(pool.run('work', {}), { code: 'PROVIDER_TIMEOUT' });
  await clock.advance(30_000);
  await endless;
  assert.equal((await pool.run('measure', { bytes: new Uint8Array(3) })).length, 3);
});

test('more calls than may wait are refused at once and may be tried again', async (t) => {
  const { pool, clock } = openPool(t, { maxQueue: 1 });
  await pool.run('measure', { bytes: new Uint8Array(3) });
  const endless = [pool.run('work', {}), pool.run('work', {})].map((call) =>
    assert.rejects(call, { code: 'PROVIDER_TIMEOUT' }),
  );
  await assert.rejects(pool.run('measure', { bytes: new Uint8Array(3) }), {
    code: 'RATE_LIMITED',
    retryable: true,
  });
  await clock.advance(30_000);
  await Promise.all(endless);
});

test('closing ends calls under way, and there are none after it', async (t) => {
  const { pool } = openPool(t);
  const endless = assert.rejects(pool.run('work', {}));
  await pool.close();
  await endless;
  await assert.rejects(pool.run('measure', { bytes: new Uint8Array(3) }));
});
