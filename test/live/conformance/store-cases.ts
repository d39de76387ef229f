import assert from 'node:assert/strict';
import type { Commit, WatchSpec } from '../../../src/live/ports.js';
import { watchId } from '../../../src/live/watch-id.js';
import { ownerKey, type Owner } from '../../../src/owner.js';
import { RETAINED_EVENTS, type AdapterUnderTest, type ConformanceCase } from './adapter.js';
import { anEvent, aWatch, commitNext, logOf, OWNER } from './watches.js';

/** What every `WatchStore` promises. */
export const storeCases: readonly ConformanceCase[] = [
  {
    promise: 'A store numbers the events of a watch 1, 2, 3 and reads them back as they were written.',
    async run({ adapter }) {
      const watch = aWatch(adapter.clock, { key: { box: 'b1' }, deadlineAt: 5, onlyWhileSubscribed: true });
      assert.equal(await adapter.store.ensure(watch), 'created');
      assert.deepEqual(await adapter.store.read(watch.id), { spec: watch, since: [], truncated: false });
      const last = anEvent(
        { b: [1, null], a: 'x' },
        { terminal: true, endReason: 'NOT_FOUND', changes: ['c', 2] },
      );
      assert.deepEqual(await commitNext(adapter, watch.id, 'open'), { outcome: 'NEW', sequence: 1 });
      assert.deepEqual(await commitNext(adapter, watch.id, last.state, last), {
        outcome: 'NEW',
        sequence: 2,
      });
      const latest = { sequence: 2, ...last };
      assert.deepEqual(await adapter.store.read(watch.id), {
        spec: watch,
        latest,
        since: [],
        truncated: false,
      });
      const since = [{ sequence: 1, ...anEvent('open') }, latest];
      assert.deepEqual(await adapter.store.read(watch.id, 0), {
        spec: watch,
        latest,
        since,
        truncated: false,
      });
    },
  },
  {
    promise: 'A store creates a watch once, with its first event, and leaves an existing one as it is.',
    async run({ adapter }) {
      const watch = aWatch(adapter.clock);
      const made = await Promise.all(
        [1, 2, 3].map((n) => adapter.store.ensure(watch, anEvent(`first ${n}`))),
      );
      assert.deepEqual(made.toSorted(), ['created', 'existing', 'existing']);
      assert.equal((await logOf(adapter, watch.id)).length, 1);
      await commitNext(adapter, watch.id, 'later');
      assert.equal(await adapter.store.ensure({ ...watch, deadlineAt: 1 }, anEvent('again')), 'existing');
      assert.equal((await adapter.store.read(watch.id))?.latest?.state, 'later');
      assert.deepEqual((await adapter.store.read(watch.id))?.spec, watch);
    },
  },
  {
    promise: 'A store refuses what a stale poller read before something that was begun later.',
    naiveBreaks: true,
    async run({ adapter }) {
      const { id } = await created(adapter);
      const frozen = await adapter.store.begin(id);
      assert.ok(frozen);
      await commitNext(adapter, id, 'seen by the later one');
      for (const expectedSequence of [0, 1]) {
        const stale: Commit = { id, fence: frozen.fence, expectedSequence, event: anEvent('seen long ago') };
        assert.deepEqual(await adapter.store.commit(stale), { outcome: 'STALE' });
      }
      assert.deepEqual(await logOf(adapter, id), ['1:"seen by the later one"']);
    },
  },
  {
    promise:
      'A store answers CONFLICT when the watch moved on, and takes the event computed anew under the same fence.',
    naiveBreaks: true,
    async run({ adapter }) {
      const { id } = await created(adapter);
      const first = await adapter.store.begin(id);
      const second = await adapter.store.begin(id);
      assert.ok(first && second && second.fence > first.fence);
      await adapter.store.commit({ id, fence: first.fence, expectedSequence: 0, event: anEvent('a') });
      const late = { id, fence: second.fence, expectedSequence: 0, event: anEvent('b') };
      assert.deepEqual(await adapter.store.commit(late), { outcome: 'CONFLICT' });
      assert.deepEqual(await adapter.store.commit({ ...late, expectedSequence: 1 }), {
        outcome: 'NEW',
        sequence: 2,
      });
      assert.deepEqual(await logOf(adapter, id), ['1:"a"', '2:"b"']);
    },
  },
  {
    promise:
      'A store writes no event when nothing changed, whatever the order of keys, but remembers who looked.',
    async run({ adapter }) {
      const { id } = await created(adapter);
      await commitNext(adapter, id, { a: 1, b: { c: 2, d: 3 } });
      const frozen = await adapter.store.begin(id);
      assert.ok(frozen);
      assert.deepEqual(await commitNext(adapter, id, { b: { d: 3, c: 2 }, a: 1 }), { outcome: 'SAME' });
      const stale = { id, fence: frozen.fence, expectedSequence: 1, event: anEvent('old') };
      assert.deepEqual(await adapter.store.commit(stale), { outcome: 'STALE' });
      assert.equal((await logOf(adapter, id)).length, 1);
    },
  },
  {
    promise:
      'A store ends a watch with its terminal event, even one of an unchanged state, and takes nothing after it.',
    naiveBreaks: true,
    async run({ adapter }) {
      const { id } = await created(adapter);
      await commitNext(adapter, id, 'open');
      const end = { terminal: true, endReason: 'DEADLINE', source: 'DEADLINE' } as const;
      assert.deepEqual(await commitNext(adapter, id, 'open', end), { outcome: 'NEW', sequence: 2 });
      assert.deepEqual(await commitNext(adapter, id, 'open again'), { outcome: 'ENDED' });
      assert.deepEqual(await commitNext(adapter, id, 'open', end), { outcome: 'ENDED' });
      assert.equal((await logOf(adapter, id)).length, 2);
    },
  },
  {
    promise: 'A store leaves no gap and no double in the log when many commit at once.',
    naiveBreaks: true,
    async run({ adapter }) {
      const { id } = await created(adapter);
      const outcomes = await Promise.all(
        Array.from({ length: RETAINED_EVENTS }, (_, n) => commitNext(adapter, id, `state ${n}`)),
      );
      const written = outcomes.flatMap((outcome) => (outcome.outcome === 'NEW' ? [outcome.sequence] : []));
      assert.ok(written.length > 0);
      assert.deepEqual(
        written.toSorted((a, b) => a - b),
        written.map((_, index) => index + 1),
      );
      const log = (await adapter.store.read(id, 0))?.since ?? [];
      assert.deepEqual(
        log.map(({ sequence }) => sequence),
        written.map((_, index) => index + 1),
      );
    },
  },
  {
    promise:
      'A store tells everything after a sequence, nothing after the latest, and says so when it cannot.',
    naiveBreaks: true,
    async run({ adapter }) {
      const { id } = await created(adapter);
      for (let n = 1; n <= RETAINED_EVENTS + 4; n++) await commitNext(adapter, id, n);
      const oldest = 5;
      const newest = RETAINED_EVENTS + 4;
      assert.deepEqual(
        await logOf(adapter, id, oldest - 1),
        Array.from({ length: RETAINED_EVENTS }, (_, n) => `${oldest + n}:${oldest + n}`),
      );
      const upToDate = await adapter.store.read(id, newest);
      assert.deepEqual([upToDate?.since, upToDate?.truncated], [[], false]);
      for (const unreachable of [0, oldest - 2, newest + 1]) {
        const history = await adapter.store.read(id, unreachable);
        assert.deepEqual([history?.since, history?.truncated, history?.latest?.state], [[], true, newest]);
      }
    },
  },
  {
    promise: 'A store knows nothing of a watch that was never made.',
    async run({ adapter }) {
      const { id } = aWatch(adapter.clock, { key: 'never' });
      assert.equal(await adapter.store.begin(id), undefined);
      assert.equal(await adapter.store.read(id), undefined);
      assert.equal(await adapter.store.interestUntil(id), 0);
      const commit = { id, fence: 1, expectedSequence: 0, event: anEvent('x') };
      assert.deepEqual(await adapter.store.commit(commit), { outcome: 'UNKNOWN' });
      await adapter.store.keepInterest(id, adapter.clock.now() + 1000);
      assert.equal(await adapter.store.read(id), undefined);
    },
  },
  {
    promise: 'A store lists the watches of one provider that have not ended.',
    async run({ adapter }) {
      const open = await created(adapter, 'open');
      const untouched = await created(adapter, 'untouched');
      const ended = await created(adapter, 'ended');
      const foreign = aWatch(adapter.clock, { key: 'foreign', provider: 'other' });
      await adapter.store.ensure(foreign);
      const endedAtOnce = aWatch(adapter.clock, { key: 'ended at once' });
      await adapter.store.ensure(endedAtOnce, anEvent('z', { terminal: true, endReason: 'FINISHED' }));
      await commitNext(adapter, open.id, 'a');
      await commitNext(adapter, ended.id, 'z', { terminal: true, endReason: 'FINISHED' });
      const found = [];
      for await (const spec of adapter.store.active('test')) found.push(spec);
      assert.deepEqual(found.map(({ id }) => id).toSorted(), [open.id, untouched.id].toSorted());
      assert.deepEqual(
        found.find(({ id }) => id === open.id),
        open,
      );
    },
  },
  {
    promise:
      'A store lists the watches of one owner at one provider that have not ended, whatever the names.',
    async run({ adapter: { store, clock } }) {
      const odd = { tenant: 'a/c%', subject: "m'é:{x}" };
      const others = [{ tenant: 'a', subject: 'c%/m' }, OWNER, { ...odd, tenant: 'b' }];
      const make = async (owner: Owner, key: string, more: Partial<WatchSpec> = {}) => {
        const id = watchId('test.thing', owner, key);
        const watch = aWatch(clock, { id, owner, key, ...more });
        await store.ensure(watch);
        return watch;
      };
      const mine = await Promise.all([make(odd, 'a'), make(odd, 'b', { onlyWhileSubscribed: true })]);
      const ended = await make(odd, 'ended');
      await commitNext({ store }, ended.id, 'z', { terminal: true, endReason: 'FINISHED' });
      // Asked for again it is known to have ended, and does not come back.
      assert.equal(await store.ensure(ended), 'existing');
      await make(odd, 'elsewhere', { id: watchId('other.thing', odd, 'x'), provider: 'other' });
      for (const owner of others) await make(owner, 'a');
      assert.equal(await store.activeCount('test'), mine.length + others.length);
      assert.equal(await store.activeCount('other'), 1);
      const found = [];
      for await (const spec of store.activeOf('test', ownerKey(odd))) found.push(spec);
      assert.deepEqual(sortedById(found), sortedById(mine));
      for await (const spec of store.activeOf('test', 'nobody/at-all')) assert.fail(spec.id);
    },
  },
  {
    promise: 'A store reads the latest events of many watches, in the order they are asked for.',
    async run({ adapter }) {
      const [busy, untouched, ended] = [
        await created(adapter, 'busy'),
        await created(adapter, 'untouched'),
        await created(adapter, 'ended'),
      ];
      for (let n = 1; n <= RETAINED_EVENTS + 3; n++) await commitNext(adapter, busy.id, n);
      await commitNext(adapter, ended.id, 'z', { terminal: true, endReason: 'FINISHED' });
      const asked = [ended.id, 'test.thing~unknown', busy.id, untouched.id, busy.id];
      const found = await adapter.store.readMany(asked);
      assert.deepEqual(
        found.map((event) => event && `${event.sequence}:${JSON.stringify(event.state)}`),
        ['1:"z"', undefined, `${RETAINED_EVENTS + 3}:${RETAINED_EVENTS + 3}`, undefined].concat([
          `${RETAINED_EVENTS + 3}:${RETAINED_EVENTS + 3}`,
        ]),
      );
      const { changes, ...known } = (await adapter.store.read(ended.id))?.latest ?? assert.fail();
      assert.deepEqual([found[0], changes], [known, ['z']]);
      assert.deepEqual(await adapter.store.readMany([]), []);
    },
  },
  {
    promise: 'A store remembers the longest interest that was declared.',
    async run({ adapter }) {
      const { id } = await created(adapter);
      const now = adapter.clock.now();
      assert.equal(await adapter.store.interestUntil(id), 0);
      await adapter.store.keepInterest(id, now + 60_000);
      await adapter.store.keepInterest(id, now + 30_000);
      assert.equal(await adapter.store.interestUntil(id), now + 60_000);
    },
  },
  {
    promise: 'A store keeps watches, logs, sequences and fences through a crash.',
    async run(world) {
      const before = world.adapter;
      const { id } = await created(before);
      await commitNext(before, id, 'a');
      await commitNext(before, id, 'b');
      const frozen = await before.store.begin(id);
      assert.ok(frozen);
      const after = await world.crash();
      assert.deepEqual(await logOf(after, id), ['1:"a"', '2:"b"']);
      assert.deepEqual(await commitNext(after, id, 'c'), { outcome: 'NEW', sequence: 3 });
      const stale = { id, fence: frozen.fence, expectedSequence: 3, event: anEvent('from before') };
      assert.deepEqual(await after.store.commit(stale), { outcome: 'STALE' });
    },
  },
];

function sortedById(watches: readonly WatchSpec[]): WatchSpec[] {
  return watches.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function created(
  { store, clock }: AdapterUnderTest,
  key = 'thing-1',
): Promise<ReturnType<typeof aWatch>> {
  const watch = aWatch(clock, { key });
  await store.ensure(watch);
  return watch;
}
