import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { openDatabase } from '../../src/store/embedded/database.js';
import { EmbeddedRecordStore } from '../../src/store/embedded/embedded-record-store.js';
import { memoryLogger } from '../support/memory-logger.js';
import { ManualClock } from '../support/manual-clock.js';
import { testRecordStore, type RecordStoreUnderTest } from './conformance.js';

testRecordStore({
  name: 'embedded',
  open: async () => openOver(await mkdtemp(join(tmpdir(), 'sealgraph-store-')), new ManualClock()),
});

test('What has expired is removed from the file, not only hidden.', async () => {
  const database = openDatabase(':memory:');
  const clock = new ManualClock();
  const records = new EmbeddedRecordStore(database, { clock, logger: memoryLogger(), purgeEveryMs: 1_000 });
  for (let n = 0; n < 5; n++)
    await records.insert({
      collection: 'things',
      owner: 'acme/alice',
      id: `r${n}`,
      value: 'v',
      createdAt: clock.now(),
      ...(n < 3 ? { expiresAt: clock.now() + 500 } : {}),
    });
  await records.increment('attempts', 500);
  const count = (table: string): number | undefined =>
    database.get(z.object({ n: z.number() }), `SELECT COUNT(*) AS n FROM ${table}`)?.n;
  assert.deepEqual([count('records'), count('counters')], [5, 1]);
  await clock.advance(1_000);
  assert.deepEqual([count('records'), count('counters')], [2, 0]);
  await records.close();
  assert.equal(clock.pending, 0);
  database.close();
});

function openOver(folder: string, clock: ManualClock): RecordStoreUnderTest {
  const database = openDatabase(join(folder, 'sealgraph.db'));
  const records = new EmbeddedRecordStore(database, { clock, logger: memoryLogger() });
  const end = async (): Promise<void> => {
    await records.close();
    database.close();
  };
  return {
    records,
    now: () => clock.now(),
    advance: (ms) => clock.advance(ms),
    async crash() {
      await end();
      return openOver(folder, clock);
    },
    async close() {
      await end();
      await rm(folder, { recursive: true });
    },
  };
}
