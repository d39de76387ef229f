import assert from 'node:assert/strict';
import type { Begun, WatchEvent } from '../../../src/live/ports.js';
import { ownerKey } from '../../../src/owner.js';
import type { AdapterUnderTest, ConformanceCase } from './adapter.js';
import { anEvent, aWatch, commitNext, logOf, OWNER } from './watches.js';

const SHORT_MS = 200;
const DONE = { terminal: true, endReason: 'FINISHED' } as const;
const GONE = { terminal: true, endReason: 'NOT_FOUND' } as const;

/** What every `WatchStore` promises about reads that must not overlap, and about ends that are not for good. */
export const turnCases: readonly ConformanceCase[] = [
  {
    promise: 'A store gives the turn of a watch to one at a time, until that commits or gives it back.',
    naiveBreaks: true,
    async run({ adapter: { store, clock } }) {
      const { id } = await made({ store, clock });
      const taken = await Promise.all([1, 2, 3].map(() => store.beginTurn(id, 60_000)));
      const [mine, ...others] = taken.filter(isBegun);
      assert.ok(mine && others.length === 0);
      for (const other of taken)
        if (other && 'heldForMs' in other) assert.ok(other.heldForMs > 50_000 && other.heldForMs <= 60_000);
      // What does not need the turn goes on beside it, and does not end it.
      await commitNext({ store }, id, 'told meanwhile');
      await store.endTurn(id, mine.fence + 1);
      assert.ok(!isBegun(await store.beginTurn(id, 60_000)));
      const event = anEvent('read');
      const commit = { id, fence: mine.fence, expectedSequence: 0, event };
      assert.deepEqual(await store.commit(commit), { outcome: 'STALE' });
      const next = await store.beginTurn(id, 60_000);
      assert.ok(isBegun(next) && next.fence > mine.fence && next.latest?.state === 'told meanwhile');
      // One that has to compute again goes on with its turn.
      const conflict = { id, fence: next.fence, expectedSequence: 0, event };
      assert.deepEqual(await store.commit(conflict), { outcome: 'CONFLICT' });
      assert.ok(!isBegun(await store.beginTurn(id, 60_000)));
      await store.endTurn(id, next.fence);
      assert.ok(isBegun(await store.beginTurn(id, 60_000)));
      assert.equal(await store.beginTurn('test.thing~unknown', 60_000), undefined);
    },
  },
  {
    promise: 'A store ends a turn that is not kept, and who had it keeps nothing of it.',
    naiveBreaks: true,
    async run({ adapter }) {
      const { store } = adapter;
      const { id } = await made(adapter);
      const first = await store.beginTurn(id, SHORT_MS);
      assert.ok(isBegun(first));
      await store.keepTurn(id, first.fence, 3 * SHORT_MS);
      await adapter.advance(2 * SHORT_MS);
      assert.ok(!isBegun(await store.beginTurn(id, SHORT_MS)));
      await adapter.advance(2 * SHORT_MS);
      const second = await store.beginTurn(id, 60_000);
      assert.ok(isBegun(second));
      await store.keepTurn(id, first.fence, 1);
      await store.endTurn(id, first.fence);
      await adapter.advance(SHORT_MS);
      assert.ok(!isBegun(await store.beginTurn(id, SHORT_MS)));
    },
  },
  {
    promise: 'A store takes what is final from any read, however early it began, and never twice.',
    naiveBreaks: true,
    async run({ adapter }) {
      for (const inBetween of [{}, GONE]) {
        const { store } = adapter;
        const { id } = await made(adapter, `final ${'endReason' in inBetween}`);
        const [early, earlier] = [await store.begin(id), await store.begin(id)];
        assert.ok(early && earlier);
        await commitNext(adapter, id, 'read later', inBetween);
        const commit = { id, expectedSequence: 1, event: anEvent('approved', DONE) };
        assert.deepEqual(await store.commit({ ...commit, fence: early.fence, event: anEvent('open') }), {
          outcome: 'STALE',
        });
        assert.deepEqual(await store.commit({ ...commit, fence: early.fence }), {
          outcome: 'NEW',
          sequence: 2,
        });
        const denied = { ...commit, fence: earlier.fence, event: anEvent('denied', DONE) };
        assert.deepEqual(await store.commit({ ...denied, expectedSequence: 2 }), { outcome: 'ENDED' });
        assert.deepEqual(await commitNext(adapter, id, 'gone', GONE), { outcome: 'ENDED' });
        assert.deepEqual(await logOf(adapter, id), ['1:"read later"', '2:"approved"']);
        assert.deepEqual(await activeOf(adapter), []);
      }
    },
  },
  {
    promise: 'A store lets what is not found end a watch only when nothing else was seen for long enough.',
    naiveBreaks: true,
    async run({ adapter }) {
      const { store } = adapter;
      const { id } = await made(adapter);
      await commitNext(adapter, id, 'open');
      const miss = async (patienceMs = 4 * SHORT_MS) => {
        const begun = await store.begin(id);
        const event = anEvent('open', GONE);
        const fence = begun?.fence ?? 0;
        return (await store.commit({ id, fence, expectedSequence: 1, event, patienceMs })).outcome;
      };
      assert.equal(await miss(), 'MISSING');
      await adapter.advance(3 * SHORT_MS);
      assert.equal(await miss(), 'MISSING');
      // Seen again, unchanged: the wait begins anew.
      assert.deepEqual(await commitNext(adapter, id, 'open'), { outcome: 'SAME' });
      await adapter.advance(2 * SHORT_MS);
      assert.equal(await miss(), 'MISSING');
      await adapter.advance(2 * SHORT_MS);
      assert.equal(await miss(), 'MISSING');
      assert.deepEqual(await logOf(adapter, id), ['1:"open"']);
      await adapter.advance(3 * SHORT_MS);
      assert.equal(await miss(), 'NEW');
      assert.equal((await store.read(id))?.latest?.endReason, 'NOT_FOUND');
      assert.deepEqual(await activeOf(adapter), []);
    },
  },
  {
    promise: 'A store goes on with a watch that ended as not found when it is seen again, and with no other.',
    async run({ adapter }) {
      const { store } = adapter;
      const watch = await made(adapter);
      await commitNext(adapter, watch.id, 'open');
      await commitNext(adapter, watch.id, 'open', GONE);
      const stale = await commitNext(adapter, watch.id, 'open', { terminal: true, endReason: 'DEADLINE' });
      assert.deepEqual(stale, { outcome: 'ENDED' });
      assert.deepEqual(await commitNext(adapter, watch.id, 'open'), { outcome: 'NEW', sequence: 3 });
      assert.deepEqual(await activeOf(adapter), [watch.id]);
      for await (const { id } of store.active('test')) assert.equal(id, watch.id);
      const since = (await store.read(watch.id, 0))?.since ?? [];
      assert.deepEqual(since.map(terminalOf), [false, true, false]);
      for (const endReason of ['DEADLINE', 'CREDENTIAL_EXPIRED'] as const) {
        const { id } = await made(adapter, endReason);
        await commitNext(adapter, id, 'open', { terminal: true, endReason });
        assert.deepEqual(await commitNext(adapter, id, 'seen again'), { outcome: 'ENDED' });
        assert.deepEqual(await commitNext(adapter, id, 'done', DONE), { outcome: 'ENDED' });
      }
    },
  },
];

function isBegun(answer: Begun | { readonly heldForMs: number } | undefined): answer is Begun {
  return answer !== undefined && 'fence' in answer;
}

function terminalOf({ terminal }: WatchEvent): boolean {
  return terminal;
}

async function activeOf({ store }: AdapterUnderTest): Promise<string[]> {
  const ids = [];
  for await (const { id } of store.activeOf('test', ownerKey(OWNER))) ids.push(id);
  return ids;
}

async function made({ store, clock }: Pick<AdapterUnderTest, 'store' | 'clock'>, key = 'thing-1') {
  const watch = aWatch(clock, { key });
  await store.ensure(watch);
  return watch;
}
