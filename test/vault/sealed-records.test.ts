import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { logUnreadableRecords } from '../../src/cli/log-unreadable-records.js';
import { SealedRecords, unreadableRecords } from '../../src/vault/sealed-records.js';
import type { SealedRecordsOptions } from '../../src/vault/sealed-records.js';
import { memoryLogger } from '../support/memory-logger.js';
import type { Teardown } from '../support/simulators.js';
import { newVault, openRecords } from '../subgraph/tickets/open.js';

const schema = z.object({ token: z.string() });
const VALUE = { token: 'a very secret token' };

function open(t: Teardown) {
  const { clock, records, written } = openRecords(t);
  const options = { records, vault: newVault(), collection: 'test.session', schema };
  const collection = (change: Partial<SealedRecordsOptions<typeof schema>> = {}) =>
    new SealedRecords({ ...options, ...change });
  const times = (ttlMs = 60_000) => ({ createdAt: clock.now(), expiresAt: clock.now() + ttlMs });
  return { options, clock, records, written, collection, times };
}

test('what is put in comes out again, for its owner and under its id alone, until it expires', async (t) => {
  const { collection, times, clock } = open(t);
  const sessions = collection();
  await sessions.put('anna', 'current', VALUE, times());
  assert.deepEqual(await sessions.get('anna', 'current'), VALUE);
  assert.equal(await sessions.get('bela', 'current'), undefined);
  assert.equal(await sessions.get('anna', 'other'), undefined);
  assert.equal(await collection({ collection: 'test.other' }).get('anna', 'current'), undefined);
  await sessions.put('anna', 'current', { token: 'newer' }, times());
  assert.deepEqual(await sessions.get('anna', 'current'), { token: 'newer' });
  await clock.advance(60_000);
  assert.equal(await sessions.get('anna', 'current'), undefined);
});

test('deleting says whether there was one', async (t) => {
  const { collection, times } = open(t);
  const sessions = collection();
  await sessions.put('anna', 'current', VALUE, times());
  assert.equal(await sessions.delete('bela', 'current'), false);
  assert.equal(await sessions.delete('anna', 'current'), true);
  assert.equal(await sessions.delete('anna', 'current'), false);
  assert.equal(await sessions.get('anna', 'current'), undefined);
});

test('the store sees no secret, and a record that was moved elsewhere cannot be opened there', async (t) => {
  const { collection, times, records, written } = open(t);
  await collection().put('anna', 'current', VALUE, times());
  const [record] = written;
  assert(record);
  assert.doesNotMatch(JSON.stringify(written), /secret/);
  await records.put({ ...record, owner: 'mallory' });
  assert.equal(await collection().get('mallory', 'current'), undefined);
  assert.deepEqual(await collection().get('anna', 'current'), VALUE);
});

test('a record sealed with a key that is gone is none', async (t) => {
  const { collection, times } = open(t);
  await collection().put('anna', 'current', VALUE, times());
  assert.equal(await collection({ vault: newVault() }).get('anna', 'current'), undefined);
});

test('a record is inserted once', async (t) => {
  const { collection, times } = open(t);
  const sessions = collection();
  assert.equal(await sessions.insert('anna', 'current', VALUE, times()), true);
  assert.equal(await sessions.insert('anna', 'current', { token: 'second' }, times()), false);
  assert.deepEqual(await sessions.get('anna', 'current'), VALUE);
});

test('a change meets the value that is there when it is written, and keeps the end of the record', async (t) => {
  const { collection, times, clock } = open(t);
  const sessions = collection();
  await sessions.put('anna', 'current', { token: '' }, times());
  const add = (letter: string) =>
    sessions.update('anna', 'current', ({ token }) => ({ token: token + letter }));
  await Promise.all(['a', 'b', 'c', 'd'].map(add));
  const token = (await sessions.get('anna', 'current'))?.token ?? '';
  assert.deepEqual([...token].sort(), ['a', 'b', 'c', 'd']);
  assert.deepEqual(await add('e'), { token: `${token}e` });
  await clock.advance(60_000);
  assert.equal(await add('f'), undefined);
  assert.equal(await sessions.get('anna', 'current'), undefined);
});

test('a change may refuse, may move the end, and writes nothing over one that was deleted meanwhile', async (t) => {
  const { collection, times, clock } = open(t);
  const sessions = collection();
  await sessions.put('anna', 'current', VALUE, times());
  assert.equal(await sessions.update('anna', 'current', () => undefined), undefined);
  assert.deepEqual(await sessions.get('anna', 'current'), VALUE);
  assert.equal(await sessions.update('anna', 'other', () => VALUE), undefined);
  await sessions.update(
    'anna',
    'current',
    () => VALUE,
    () => clock.now() + 90_000,
  );
  await clock.advance(60_000);
  assert.deepEqual(await sessions.get('anna', 'current'), VALUE);
  let deleting: Promise<boolean> | undefined;
  const late = sessions.update('anna', 'current', () => {
    deleting ??= sessions.delete('anna', 'current');
    return VALUE;
  });
  assert.deepEqual([await late, await deleting], [undefined, true]);
  assert.equal(await sessions.get('anna', 'current'), undefined);
});

test('records that cannot be read are left out of a list, and told each time; the list stands', async (t) => {
  const { options, collection, records, clock } = open(t);
  const told: unknown[] = [];
  const listen = (record: unknown) => void told.push(record);
  unreadableRecords.subscribe(listen);
  t.after(() => void unreadableRecords.unsubscribe(listen));
  const [sessions, lost] = [collection(), collection({ vault: newVault() })];
  const misshapen = new SealedRecords({ ...options, schema: z.number() });
  for (let n = 0; n < 6; n++) {
    const times = { createdAt: clock.now() + n, expiresAt: clock.now() + 60_000 };
    if (n % 3 === 2) await misshapen.put('anna', `r${n}`, n, times);
    else await (n % 3 === 1 ? lost : sessions).put('anna', `r${n}`, { token: `t${n}` }, times);
  }
  await records.put({ collection: 'test.session', owner: 'anna', id: 'r9', value: 'v1.x', createdAt: 0 });
  const seen: string[] = [];
  for (let after: { createdAt: number; id: string } | undefined, hasMore = true; hasMore;) {
    const page = await sessions.list('anna', { limit: 1, ...(after ? { after } : {}) });
    seen.push(...page.records.map(({ id, value }) => `${id}:${value.token}`));
    after = page.records.at(-1);
    hasMore = page.hasMore;
  }
  assert.deepEqual(seen, ['r3:t3', 'r0:t0']);
  const found = await sessions.getMany('anna', ['r0', 'r1', 'r2', 'none', 'r3']);
  assert.deepEqual(found, [{ token: 't0' }, undefined, undefined, undefined, { token: 't3' }]);
  assert.deepEqual(told.slice(-2), [
    { collection: 'test.session', id: 'r1', reason: 'cannot be opened' },
    { collection: 'test.session', id: 'r2', reason: 'has another shape' },
  ]);
});

test('the log counts the records that were left out, and says nothing of their owners', async (t) => {
  const { collection, times } = open(t);
  const logger = memoryLogger();
  logUnreadableRecords(logger);
  await collection().put('anna', 'a-secret-name', VALUE, times());
  const other = collection({ vault: newVault() });
  await other.get('anna', 'a-secret-name');
  await other.getMany('anna', ['a-secret-name']);
  assert.deepEqual(
    logger.lines.map(({ facts }) => facts),
    [1, 2].map((count) => ({ collection: 'test.session', reason: 'cannot be opened', count })),
  );
});

test('a record of another shape is an error, not a value', async (t) => {
  const { times, records } = open(t);
  const options = { records, vault: newVault(), collection: 'test.session' };
  await new SealedRecords({ ...options, schema }).put('anna', 'current', VALUE, times());
  const other = new SealedRecords({ ...options, schema: z.object({ user: z.string() }) });
  await assert.rejects(other.get('anna', 'current'), z.ZodError);
});
