import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { SealedRecordsOptions } from '../../src/vault/sealed-records.js';
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
  return { clock, records, written, collection, times };
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

test('a record of another shape is an error, not a value', async (t) => {
  const { times, records } = open(t);
  const options = { records, vault: newVault(), collection: 'test.session' };
  await new SealedRecords({ ...options, schema }).put('anna', 'current', VALUE, times());
  const other = new SealedRecords({ ...options, schema: z.object({ user: z.string() }) });
  await assert.rejects(other.get('anna', 'current'), z.ZodError);
});
