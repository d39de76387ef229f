import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { ProviderError, StoreUnavailableError } from '../../src/provider-error.js';
import type { ProblemCode } from '../../src/provider-error.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { EmbeddedRecordStore } from '../../src/store/embedded/embedded-record-store.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { createIdempotency } from '../../src/subgraph/idempotency.js';
import { createKeepLater } from '../../src/subgraph/keep-later.js';
import { parseKeyRing } from '../../src/vault/key-ring.js';
import { createVault } from '../../src/vault/vault.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';

const ANNA = { tenant: 'acme', subject: 'anna' };
const COMMAND = { owner: ANNA, operation: 'send', key: 'k-1', input: { to: ['bela'], pin: 'canary' } };

/** Two processes on one store: what one has done, the other only knows from there. */
function processes(t: TestContext, wrap: (records: RecordStore) => RecordStore = (records) => records) {
  const clock = new ManualClock();
  const database = openDatabase(':memory:');
  const records = new EmbeddedRecordStore(database, { clock, logger: memoryLogger() });
  t.after(async () => {
    await records.close();
    database.close();
  });
  const keys = Array.from({ length: 2 }, (_, index) => `k${index}:${randomBytes(32).toString('base64')}`);
  const logger = memoryLogger();
  const start = (ring: string[] = keys) =>
    createIdempotency({
      records: wrap(records),
      vault: createVault(parseKeyRing(ring.join(','), 'VAULT_KEYS')),
      clock,
      logger,
      leaseMs: 30_000,
      later: createKeepLater({ clock, logger }),
    });
  return { clock, records, logger, keys, start, one: start(), other: start() };
}

/** Work that counts how often it is done. */
function counted<Result>(work: (times: number) => Promise<Result>) {
  const counter = {
    times: 0,
    work: (): Promise<Result> => {
      counter.times++;
      return work(counter.times);
    },
  };
  return counter;
}

const failure = (code: ProblemCode) => () =>
  Promise.reject(new ProviderError(code, { provider: 'acme', providerCode: '42', path: ['input', 'to'] }));

function problem(code: ProblemCode) {
  return (error: unknown): boolean => error instanceof ProviderError && error.code === code;
}

test('without a key the work is simply done, each time', async (t) => {
  const { one } = processes(t);
  const sending = counted((times) => Promise.resolve(times));
  for (const key of [undefined, null]) await one.run({ ...COMMAND, key }, sending.work);
  assert.equal(sending.times, 2);
});

test('the same key and input give the first result, in this process, another, and after a restart', async (t) => {
  const { one, other, start } = processes(t);
  const sending = counted((times) => Promise.resolve({ id: `m${times}`, secureId: null }));
  for (const process of [one, one, other, start()]) {
    assert.deepEqual(await process.run(COMMAND, sending.work), { id: 'm1', secureId: null });
  }
  const turned = { ...COMMAND, input: { pin: 'canary', to: ['bela'] } };
  assert.deepEqual(await one.run(turned, sending.work), { id: 'm1', secureId: null });
  assert.equal(sending.times, 1);
});

test('the same key with other input is a mismatch and does nothing, while the first runs and afterwards', async (t) => {
  const { one, other } = processes(t);
  const mismatch = { ...COMMAND, input: { to: ['carl'], pin: 'canary' } };
  const sending = counted(async () => 'sent');
  const first = one.run(COMMAND, sending.work);
  for (const process of [one, other]) {
    await assert.rejects(process.run(mismatch, sending.work), (error: unknown) => {
      assert.ok(error instanceof ProviderError);
      assert.deepEqual([error.code, error.path], ['IDEMPOTENCY_MISMATCH', ['idempotencyKey']]);
      return true;
    });
    await first;
  }
  assert.equal(sending.times, 1);
});

test('a key belongs to its owner and operation', async (t) => {
  const { one } = processes(t);
  const sending = counted((times) => Promise.resolve(times));
  const commands = [
    COMMAND,
    { ...COMMAND, owner: { ...ANNA, subject: 'bela' } },
    { ...COMMAND, owner: { ...ANNA, tenant: 'other' } },
    { ...COMMAND, operation: 'cancel' },
    { ...COMMAND, key: 'k-2' },
  ];
  const results = await Promise.all(commands.map((command) => one.run(command, sending.work)));
  assert.deepEqual(results, [1, 2, 3, 4, 5]);
});

test('duplicates that come meanwhile have the first result with it, in the same process', async (t) => {
  const { one } = processes(t);
  let finish = (_: string): void => undefined;
  const sending = counted(() => new Promise<string>((resolve) => (finish = resolve)));
  const calls = Array.from({ length: 3 }, () => one.run(COMMAND, sending.work));
  while (sending.times === 0) await new Promise((resolve) => setImmediate(resolve));
  finish('sent');
  assert.deepEqual(await Promise.all(calls), ['sent', 'sent', 'sent']);
  assert.equal(sending.times, 1);
});

test('duplicates that come meanwhile have the first result soon after it, in another process', async (t) => {
  const { clock, one, other } = processes(t);
  let finish = (_: string): void => undefined;
  const sending = counted(() => new Promise<string>((resolve) => (finish = resolve)));
  const calls = [one, other, other].map((process) => process.run(COMMAND, sending.work));
  await clock.advance(1_000);
  finish('sent');
  await clock.advance(100);
  assert.deepEqual(await Promise.all(calls), ['sent', 'sent', 'sent']);
  assert.equal(sending.times, 1);
});

test('a command that was cut off is never done again: its outcome is unknown', async (t) => {
  const { clock, one, other, start } = processes(t);
  const sending = counted(() => new Promise<string>(() => undefined));
  void one.run(COMMAND, sending.work);
  await clock.advance(1);
  const waiting = assert.rejects(other.run(COMMAND, sending.work), problem('OUTCOME_UNKNOWN'));
  await clock.advance(30_000);
  await waiting;
  await assert.rejects(start().run(COMMAND, sending.work), problem('OUTCOME_UNKNOWN'));
  assert.equal(sending.times, 1);
});

for (const code of ['INVALID_INPUT', 'RATE_LIMITED', 'PROVIDER_UNAVAILABLE', 'SIGN_IN_REQUIRED'] as const) {
  test(`after ${code} nothing has happened, and the key may be used again`, async (t) => {
    const { one, other } = processes(t);
    await assert.rejects(one.run(COMMAND, failure(code)), problem(code));
    assert.equal(await other.run(COMMAND, async () => 'sent'), 'sent');
  });
}

for (const code of ['OUTCOME_UNKNOWN', 'PROVIDER_PROTOCOL', 'PROVIDER_REJECTED', 'NOT_FOUND'] as const) {
  test(`${code} is the result, and the same for every repetition`, async (t) => {
    const { one, other } = processes(t);
    const sending = counted(failure(code));
    for (const process of [one, one, other]) {
      await assert.rejects(process.run(COMMAND, sending.work), (error: unknown) => {
        assert.ok(error instanceof ProviderError);
        const { provider, providerCode, path } = error;
        assert.deepEqual([error.code, provider, providerCode, path], [code, 'acme', '42', ['input', 'to']]);
        return true;
      });
    }
    assert.equal(sending.times, 1);
  });
}

test('after an error nobody foresaw the work is not done again', async (t) => {
  const { one, other } = processes(t);
  const sending = counted(() => Promise.reject(new TypeError('a fault of ours')));
  await assert.rejects(one.run(COMMAND, sending.work), TypeError);
  await assert.rejects(other.run(COMMAND, sending.work), problem('OUTCOME_UNKNOWN'));
  assert.equal(sending.times, 1);
});

test('a result that cannot be kept reaches the client, is reported, and is not done again', async (t) => {
  const { clock, logger, one, other } = processes(t, (records) => ({
    get: records.get.bind(records),
    getMany: records.getMany.bind(records),
    insert: records.insert.bind(records),
    claim: records.claim.bind(records),
    delete: records.delete.bind(records),
    list: records.list.bind(records),
    increment: records.increment.bind(records),
    close: records.close.bind(records),
    put: () => Promise.reject(new Error('disk full')),
  }));
  const sending = counted(async () => 'sent');
  assert.equal(await one.run(COMMAND, sending.work), 'sent');
  assert.deepEqual(
    logger.lines.map(({ level }) => level),
    ['error'],
  );
  await clock.advance(30_000);
  await assert.rejects(other.run(COMMAND, sending.work), problem('OUTCOME_UNKNOWN'));
  assert.equal(sending.times, 1);
});

for (const [title, work, expected] of [
  ['a result', async () => 'sent', { value: 'sent', times: 1 }],
  ['an unknown outcome', failure('OUTCOME_UNKNOWN'), { code: 'OUTCOME_UNKNOWN', times: 1 }],
  ['that nothing has happened', failure('RATE_LIMITED'), { code: 'RATE_LIMITED', times: 2 }],
] as const)
  test(`${title} that the store could not keep at once is known everywhere as soon as it can, before the lease is over`, async (t) => {
    let isAway = false;
    const through: RecordStore['put'] = (...args) =>
      isAway ? Promise.reject(new StoreUnavailableError(new Error('away'))) : records.put(...args);
    const { clock, records, one, other } = processes(t, (store) => ({
      get: store.get.bind(store),
      getMany: store.getMany.bind(store),
      insert: store.insert.bind(store),
      claim: store.claim.bind(store),
      delete: (...args) =>
        isAway ? Promise.reject(new StoreUnavailableError(new Error('away'))) : store.delete(...args),
      list: store.list.bind(store),
      increment: store.increment.bind(store),
      close: store.close.bind(store),
      put: through,
    }));
    const sending = counted<string>(async () => {
      isAway = sending.times === 1;
      return work();
    });
    await one.run(COMMAND, sending.work).catch(() => undefined);
    isAway = false;
    const again = other.run(COMMAND, sending.work).then(
      (value) => ({ value }),
      (error: unknown) => ({ code: error instanceof ProviderError ? error.code : error }),
    );
    await clock.advance(2_000);
    assert.deepEqual({ ...(await again), times: sending.times }, expected);
  });

test('results are kept for 24 hours', async (t) => {
  const { clock, one, other } = processes(t);
  const sending = counted((times) => Promise.resolve(times));
  await one.run(COMMAND, sending.work);
  await clock.advance(24 * 60 * 60 * 1000 - 1);
  assert.equal(await other.run(COMMAND, sending.work), 1);
  await clock.advance(1);
  assert.equal(await other.run(COMMAND, sending.work), 2);
});

test('neither input nor result is in the store in clear', async (t) => {
  const { records, one } = processes(t);
  await one.run(COMMAND, async () => ({ code: 'canary' }));
  const { records: kept } = await records.list('idempotency', 'acme/anna', { limit: 10 });
  assert.equal(kept.length, 1);
  assert.doesNotMatch(JSON.stringify(kept), /canary|bela/);
});

test('a repetition is recognised after a new key came first in the ring', async (t) => {
  const { one, start, keys } = processes(t);
  await one.run(COMMAND, async () => 'sent');
  const sending = counted(async () => 'again');
  assert.equal(await start(keys.toReversed()).run(COMMAND, sending.work), 'sent');
  assert.equal(sending.times, 0);
});

test('a key that breaks the rule is refused before anything is done', async (t) => {
  const { one } = processes(t);
  const sending = counted(async () => 'sent');
  for (const key of ['', ' ', 'x'.repeat(129), 'line\nbreak', 'žluť']) {
    await assert.rejects(one.run({ ...COMMAND, key }, sending.work), (error: unknown) => {
      assert.ok(error instanceof ProviderError);
      assert.deepEqual([error.code, error.path], ['INVALID_INPUT', ['idempotencyKey']]);
      return true;
    });
  }
  assert.equal(sending.times, 0);
  assert.equal(await one.run({ ...COMMAND, key: `~ ${'x'.repeat(126)}` }, sending.work), 'sent');
});

const unknown = failure('OUTCOME_UNKNOWN');

test('what has become of a command is asked when its key comes again, once, and kept', async (t) => {
  const { one, other } = processes(t);
  await assert.rejects(one.run(COMMAND, unknown), problem('OUTCOME_UNKNOWN'));
  const work = counted(async () => 'done again');
  const ask = counted(async () => ({ result: 'found' }));
  const again = () => other.run(COMMAND, work.work, ask.work);
  assert.deepEqual(await Promise.all([again(), again(), again()]), ['found', 'found', 'found']);
  assert.equal(await one.run(COMMAND, work.work, ask.work), 'found');
  assert.deepEqual([ask.times, work.times], [1, 0]);
});

test('what has not happened is done then, and may fail as at first', async (t) => {
  const { one } = processes(t);
  const nothing = async () => undefined;
  await assert.rejects(one.run(COMMAND, unknown, nothing), problem('OUTCOME_UNKNOWN'));
  await assert.rejects(one.run(COMMAND, failure('RATE_LIMITED'), nothing), problem('RATE_LIMITED'));
  assert.equal(await one.run(COMMAND, async () => 'done', nothing), 'done');
});

for (const code of ['PROVIDER_UNAVAILABLE', 'FORBIDDEN', 'STORE_UNAVAILABLE'] as const) {
  test(`an outcome stays unknown as long as asking ends in ${code}, and nothing is done`, async (t) => {
    const { one, other } = processes(t);
    await assert.rejects(one.run(COMMAND, unknown), problem('OUTCOME_UNKNOWN'));
    const work = counted(async () => 'done');
    for (const process of [one, other, one])
      await assert.rejects(process.run(COMMAND, work.work, failure(code)), problem('OUTCOME_UNKNOWN'));
    assert.equal(work.times, 0);
    assert.equal(await other.run(COMMAND, work.work, async () => ({ result: 'found' })), 'found');
  });
}

test('a command that was cut off is asked for when its time is over', async (t) => {
  const { clock, one, other } = processes(t);
  void one.run(COMMAND, () => new Promise(() => undefined));
  await clock.advance(30_000);
  const work = counted(async () => 'done');
  assert.equal(await other.run(COMMAND, work.work, async () => ({ result: 'found' })), 'found');
  assert.equal(work.times, 0);
});
