import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordStore, StoredRecord } from '../../src/store/record-store.js';

/** A record store under test, over data of its own. */
export interface RecordStoreUnderTest {
  readonly records: RecordStore;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Lets time pass: moves a manual clock, or waits. */
  advance(ms: number): Promise<void>;
  /** Ends this process without a goodbye, and answers the next one over the same data. */
  crash(): Promise<RecordStoreUnderTest>;
  close(): Promise<void>;
}

export interface RecordStoreFactory {
  readonly name: string;
  open(): Promise<RecordStoreUnderTest>;
}

interface Case {
  readonly promise: string;
  /** Answers the store that is open last, when it is not the one it was given. */
  run(store: RecordStoreUnderTest): Promise<RecordStoreUnderTest | void>;
}

const OWNER = 'acme/alice';
// Long enough to look before it ends, short enough to wait for.
const SHORT_MS = 100;

const cases: readonly Case[] = [
  {
    promise: 'A record is read back as it was written, by its collection, owner and id only.',
    async run({ records, now }) {
      const record = aRecord(now(), { value: '{"ü😀":"\\u0000 \'%_"}', expiresAt: now() + 60_000 });
      assert.equal(await records.get(record.collection, record.owner, record.id), undefined);
      assert.equal(await records.insert(record), true);
      assert.deepEqual(await records.get(record.collection, record.owner, record.id), record);
      assert.equal(await records.get('other', record.owner, record.id), undefined);
      assert.equal(await records.get(record.collection, 'acme/bob', record.id), undefined);
      assert.equal(await records.get(record.collection, record.owner, 'other'), undefined);
    },
  },
  {
    promise: 'An id is taken by one insert, also among many at once, and the others write nothing.',
    async run({ records, now }) {
      const attempts = Array.from({ length: 10 }, (_, n) => aRecord(now(), { value: `v${n}` }));
      const written = await Promise.all(attempts.map((record) => records.insert(record)));
      assert.equal(written.filter(Boolean).length, 1);
      const [winner] = attempts.filter((_, index) => written[index]);
      assert.deepEqual(await records.get('things', OWNER, 'r1'), winner);
    },
  },
  {
    promise: 'An insert takes the place of a record that has expired.',
    async run({ records, now, advance }) {
      await records.insert(aRecord(now(), { expiresAt: now() + SHORT_MS }));
      assert.equal(await records.insert(aRecord(now(), { value: 'too early' })), false);
      await advance(2 * SHORT_MS);
      const later = aRecord(now(), { value: 'later' });
      assert.equal(await records.insert(later), true);
      assert.deepEqual(await records.get('things', OWNER, 'r1'), later);
    },
  },
  {
    promise: 'A put writes whether or not the id is taken, and replaces the whole record.',
    async run({ records, now }) {
      assert.equal(await records.put(aRecord(now(), { value: 'a', expiresAt: now() + 60_000 })), true);
      const replaced = aRecord(now() + 1, { value: 'b' });
      assert.equal(await records.put(replaced), true);
      assert.deepEqual(await records.get('things', OWNER, 'r1'), replaced);
    },
  },
  {
    promise: 'A put with an expected value writes only while it holds, for one of many at once.',
    async run({ records, now, advance }) {
      const record = aRecord(now(), { value: 'a' });
      assert.equal(await records.put(record, 'a'), false);
      assert.equal(await records.get('things', OWNER, 'r1'), undefined);
      await records.put(record);
      assert.equal(await records.put({ ...record, value: 'c' }, 'b'), false);
      const swapped = await Promise.all(
        Array.from({ length: 10 }, (_, n) => records.put({ ...record, value: `v${n}` }, 'a')),
      );
      assert.equal(swapped.filter(Boolean).length, 1);
      assert.equal((await records.get('things', OWNER, 'r1'))?.value, `v${swapped.indexOf(true)}`);
      await records.put({ ...record, value: 'short', expiresAt: now() + SHORT_MS });
      await advance(2 * SHORT_MS);
      assert.equal(await records.put({ ...record, value: 'again' }, 'short'), false);
    },
  },
  {
    promise: 'A delete says whether there was something, to one of many at once.',
    async run({ records, now }) {
      assert.equal(await records.delete('things', OWNER, 'r1'), false);
      await records.insert(aRecord(now()));
      assert.equal(await records.delete('things', 'acme/bob', 'r1'), false);
      const deleted = await Promise.all(
        Array.from({ length: 5 }, () => records.delete('things', OWNER, 'r1')),
      );
      assert.equal(deleted.filter(Boolean).length, 1);
      assert.equal(await records.get('things', OWNER, 'r1'), undefined);
    },
  },
  {
    promise: 'A record that has expired is nowhere to be seen.',
    async run({ records, now, advance }) {
      await records.insert(aRecord(now(), { expiresAt: now() + SHORT_MS }));
      await records.insert(aRecord(now(), { id: 'r2', expiresAt: now() + 3_600_000 }));
      assert.ok(await records.get('things', OWNER, 'r1'));
      await advance(2 * SHORT_MS);
      assert.equal(await records.get('things', OWNER, 'r1'), undefined);
      assert.equal(await records.delete('things', OWNER, 'r1'), false);
      const { records: listed } = await records.list('things', OWNER, { limit: 10 });
      assert.deepEqual(
        listed.map(({ id }) => id),
        ['r2'],
      );
    },
  },
  {
    promise: 'A list is newest first, pages without gap or repeat, and holds one owner and collection only.',
    async run({ records, now }) {
      const startedAt = now();
      // Two of each time, so that a page may end between them.
      for (let n = 0; n < 10; n++)
        await records.insert(aRecord(startedAt + Math.floor(n / 2), { id: `r${n}` }));
      await records.insert(aRecord(startedAt, { owner: 'acme/bob', id: 'foreign' }));
      await records.insert(aRecord(startedAt, { collection: 'others', id: 'other' }));
      const seen: string[] = [];
      const pages: number[] = [];
      for (let after: { createdAt: number; id: string } | undefined, hasMore = true; hasMore;) {
        const page = await records.list('things', OWNER, { limit: 3, ...(after ? { after } : {}) });
        seen.push(...page.records.map(({ id }) => id));
        pages.push(page.records.length);
        after = page.records.at(-1);
        hasMore = page.hasMore;
      }
      assert.deepEqual(seen, ['r9', 'r8', 'r7', 'r6', 'r5', 'r4', 'r3', 'r2', 'r1', 'r0']);
      assert.deepEqual(pages, [3, 3, 3, 1]);
      const exact = await records.list('things', OWNER, { limit: 10 });
      assert.deepEqual([exact.records.length, exact.hasMore], [10, false]);
    },
  },
  {
    promise: 'A list goes on behind a record that is gone.',
    async run({ records, now }) {
      const begun = now();
      for (let n = 0; n < 4; n++) await records.insert(aRecord(begun + n, { id: `r${n}` }));
      const after = { createdAt: begun + 2, id: 'r2' };
      await records.delete('things', OWNER, 'r2');
      const page = await records.list('things', OWNER, { limit: 10, after });
      assert.deepEqual(
        page.records.map(({ id }) => id),
        ['r1', 'r0'],
      );
    },
  },
  {
    promise: 'Several records of an owner are read at once, in the order they are asked for.',
    async run({ records, now, advance }) {
      const [a, b] = [aRecord(now(), { id: "a'\u0001" }), aRecord(now(), { id: 'b', value: 'other' })];
      await records.insert(a);
      await records.insert(b);
      await records.insert(aRecord(now(), { id: 'gone', expiresAt: now() + SHORT_MS }));
      await records.insert(aRecord(now(), { id: 'foreign', owner: 'acme/bob' }));
      await advance(2 * SHORT_MS);
      const asked = ['b', 'none', a.id, 'gone', 'foreign', 'b'];
      assert.deepEqual(await records.getMany('things', OWNER, asked), [
        b,
        undefined,
        a,
        undefined,
        undefined,
        b,
      ]);
      assert.deepEqual(await records.getMany('things', OWNER, []), []);
    },
  },
  {
    promise: 'A counter is given back what was taken, never falls below nothing, and keeps its window.',
    async run({ records, advance }) {
      assert.equal((await records.increment('slots', 10 * SHORT_MS, 3)).count, 3);
      await advance(5 * SHORT_MS);
      assert.equal((await records.increment('slots', 10 * SHORT_MS, -1)).count, 2);
      assert.equal((await records.increment('slots', 10 * SHORT_MS, -5)).count, 0);
      assert.equal((await records.increment('slots', 10 * SHORT_MS, 0)).count, 0);
      assert.equal((await records.increment('slots', 10 * SHORT_MS)).count, 1);
      await advance(6 * SHORT_MS);
      assert.equal((await records.increment('slots', 10 * SHORT_MS, -1)).count, 0);
      assert.equal((await records.increment('slots', 10 * SHORT_MS)).count, 1);
    },
  },
  {
    promise: 'A counter counts every increment, also many at once, and begins anew after its window.',
    async run({ records, advance }) {
      const counts = await Promise.all(
        Array.from({ length: 10 }, () => records.increment('attempts', 10 * SHORT_MS)),
      );
      assert.deepEqual(
        counts.map(({ count }) => count).toSorted((a, b) => a - b),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      );
      assert.equal((await records.increment('other', 10 * SHORT_MS)).count, 1);
      await advance(5 * SHORT_MS);
      assert.equal((await records.increment('attempts', 10 * SHORT_MS)).count, 11);
      // The window began with the first increment: the one in between does not prolong it.
      await advance(6 * SHORT_MS);
      assert.equal((await records.increment('attempts', 10 * SHORT_MS)).count, 1);
    },
  },
  {
    promise: 'Records and counters outlive a crash.',
    async run(before) {
      const record = aRecord(before.now());
      await before.records.insert(record);
      await before.records.increment('attempts', 600_000);
      const after = await before.crash();
      assert.deepEqual(await after.records.get('things', OWNER, 'r1'), record);
      assert.equal((await after.records.increment('attempts', 600_000)).count, 2);
      return after;
    },
  },
];

/** Registers everything that every record store must do as tests of one. */
export function testRecordStore(factory: RecordStoreFactory): void {
  for (const { promise, run } of cases)
    test(`${factory.name}: ${promise}`, async () => {
      let store = await factory.open();
      try {
        store = (await run(store)) ?? store;
      } finally {
        await store.close();
      }
    });
}

function aRecord(createdAt: number, overrides: Partial<StoredRecord> = {}): StoredRecord {
  return { collection: 'things', owner: OWNER, id: 'r1', value: 'a value', createdAt, ...overrides };
}
