import assert from 'node:assert/strict';
import type { EventBus } from '../../../src/live/ports.js';
import { RETAINED_EVENTS, type ConformanceCase } from './adapter.js';
import { Collector } from './collector.js';
import { REFRESH_EVERY_MS, restarted, watching } from './live-processes.js';
import { replaced } from './replaced.js';
import { thingKind } from './scripted-provider.js';
import { commitNext, logOf, OWNER } from './watches.js';

const NEVER = new Promise<never>(() => undefined);
const kind = thingKind();

/** What the engine promises over any adapter. */
export const liveCases: readonly ConformanceCase[] = [
  {
    promise:
      'Every subscriber gets the current state at once and then each change, whoever else leaves, up to the end.',
    async run(world) {
      const { live, provider, watch } = await watching(world.adapter);
      const leaving = new Collector(await live.subscribe(watch.id));
      const staying = new Collector(await live.subscribe(watch.id));
      await world.eventually(
        'the current state',
        () => leaving.events.length === 1 && staying.events.length === 1,
      );
      provider.set('thing-1', 'busy');
      await world.eventually('the change', () => leaving.events.length === 2 && staying.events.length === 2);
      await leaving.leave();
      const late = new Collector(await live.subscribe(watch.id));
      await world.eventually('the current state for a late one', () => late.events.length === 1);
      provider.set('thing-1', 'done');
      await world.eventually('the end', () => staying.ended && late.ended);
      assert.deepEqual(
        [leaving.seen, staying.seen, late.seen],
        [
          ['1:open', '2:busy'],
          ['1:open', '2:busy', '3:done'],
          ['2:busy', '3:done'],
        ],
      );
      const afterwards = new Collector(await live.subscribe(watch.id));
      await world.eventually('the end again', () => afterwards.ended);
      assert.deepEqual(afterwards.seen, ['3:done']);
      assert.deepEqual(live.counts(), { subscribers: 0, watches: 0 });
      const reads = provider.reads.length;
      await world.adapter.advance(200);
      assert.equal(provider.reads.length, reads);
      await live.close();
    },
  },
  {
    promise: 'A reader that drops and resumes from its cursor sees every event once, in order.',
    naiveBreaks: true,
    async run(world) {
      const { live, watch } = await watching(world.adapter, { polled: false });
      const sequences: number[] = [];
      let cursor: string | undefined;
      for (let round = 0; round < 8; round++) {
        const reader = new Collector(await live.subscribe(watch.id, { after: cursor }));
        const wanted = sequences.length + 1;
        await commitNext(world.adapter, watch.id, { status: 'open', count: 10 * round });
        await world.eventually('an event', () => sequences.length + reader.events.length >= wanted);
        await reader.leave();
        sequences.push(...reader.sequences);
        cursor = reader.cursor ?? cursor;
        for (let missed = 1; missed <= round % 4; missed++)
          await commitNext(world.adapter, watch.id, { status: 'open', count: 10 * round + missed });
      }
      await commitNext(world.adapter, watch.id, { status: 'done', count: 0 }, { terminal: true });
      const last = new Collector(await live.subscribe(watch.id, { after: cursor }));
      await world.eventually('the end', () => last.ended);
      sequences.push(...last.sequences);
      const total = (await world.adapter.store.read(watch.id))?.latest?.sequence ?? 0;
      assert.ok(total >= 8);
      assert.deepEqual(
        sequences,
        Array.from({ length: total - (sequences[0] ?? 0) + 1 }, (_, n) => (sequences[0] ?? 0) + n),
      );
      await live.close();
    },
  },
  {
    promise:
      'A reader whose cursor is older than the log is told so once, with the current state, and goes on.',
    async run(world) {
      const { live, watch } = await watching(world.adapter, { polled: false });
      const early = new Collector(await live.subscribe(watch.id));
      await commitNext(world.adapter, watch.id, { status: 'open', count: 0 });
      await world.eventually('the first event', () => early.cursor !== undefined);
      await early.leave();
      for (let n = 1; n <= RETAINED_EVENTS + 3; n++)
        await commitNext(world.adapter, watch.id, { status: `s${n}`, count: n });
      const late = new Collector(await live.subscribe(watch.id, { after: early.cursor }));
      await world.eventually('the current state', () => late.events.length === 1);
      await commitNext(world.adapter, watch.id, { status: 'done', count: 0 }, { terminal: true });
      await world.eventually('the end', () => late.ended);
      const newest = RETAINED_EVENTS + 4;
      assert.deepEqual(late.seen, [`!${newest}:s${RETAINED_EVENTS + 3}`, `${newest + 1}:done`]);
      await live.close();
    },
  },
  {
    promise: 'A crash after the provider answered and before the commit loses nothing: it is read again.',
    async run(world) {
      const before = await watching(world.adapter, {
        store: replaced(world.adapter.store, { commit: () => NEVER }),
      });
      before.provider.set('thing-1', 'done', 7);
      await world.eventually('a read', () => before.provider.reads.length === 1);
      const after = await restarted(await world.crash(), before.provider);
      const reader = new Collector(await after.subscribe(before.watch.id));
      await world.eventually('the end', () => reader.ended, 30_000);
      assert.deepEqual(reader.seen, ['1:done']);
      assert.ok(before.provider.reads.length >= 2);
      await after.close();
    },
  },
  {
    promise:
      'A crash after the commit and before the next poll is planned repeats no event and forgets no watch.',
    async run(world) {
      const { store } = world.adapter;
      const before = await watching(world.adapter, {
        polled: false,
        store: replaced(store, { commit: async (commit) => (await store.commit(commit), NEVER) }),
      });
      before.provider.set('thing-1', 'busy');
      await before.live.startPolling(['test']);
      await world.eventually('a read', () => before.provider.reads.length === 1);
      const after = await restarted(await world.crash(), before.provider);
      const reader = new Collector(await after.subscribe(before.watch.id));
      await world.eventually('another read', () => before.provider.reads.length >= 3, 30_000);
      before.provider.set('thing-1', 'done');
      await world.eventually('the end', () => reader.ended, 30_000);
      assert.deepEqual(await logOf(world.adapter, before.watch.id), [
        '1:{"status":"busy","count":0}',
        '2:{"status":"done","count":0}',
      ]);
      await after.close();
    },
  },
  {
    promise:
      'The provider is read once per interval, one read at a time, whether one or many are subscribed.',
    async run(world) {
      const { live, provider, watch } = await watching(world.adapter);
      const readers = await Promise.all(
        Array.from({ length: 50 }, async () => new Collector(await live.subscribe(watch.id))),
      );
      await Promise.all(Array.from({ length: 50 }, () => live.watch({ kind, owner: OWNER, key: 'thing-1' })));
      await world.eventually('the current state', () => readers.every(({ events }) => events.length === 1));
      for (let n = 1; n <= 5; n++) {
        provider.set('thing-1', 'busy', n);
        await world.eventually('the change for all', () =>
          readers.every((reader) => reader.events.length > n),
        );
      }
      const startedAt = world.adapter.clock.now();
      const reads = provider.reads.length;
      await world.adapter.advance(500);
      const elapsedMs = world.adapter.clock.now() - startedAt;
      assert.ok(provider.reads.length - reads <= elapsedMs / 45 + 1);
      assert.equal(provider.mostAtOnce, 1);
      await live.close();
      assert.deepEqual(live.counts(), { subscribers: 0, watches: 0 });
    },
  },
  {
    promise:
      'A watch of passing interest rests while nobody is subscribed and wakes with the next subscriber.',
    async run(world) {
      const { live, provider, watch } = await watching(world.adapter, { onlyWhileSubscribed: true });
      await world.adapter.advance(200);
      assert.equal(provider.reads.length, 0);
      const reader = new Collector(await live.subscribe(watch.id));
      await world.eventually('a first event', () => reader.events.length === 1);
      await world.adapter.advance(4 * REFRESH_EVERY_MS);
      const readsLater = provider.reads.length;
      await world.eventually('polls go on', () => provider.reads.length >= readsLater + 3);
      await reader.leave();
      await world.adapter.advance(3 * REFRESH_EVERY_MS + 200);
      const reads = provider.reads.length;
      await world.adapter.advance(500);
      assert.equal(provider.reads.length, reads);
      provider.set('thing-1', 'done');
      const next = new Collector(await live.subscribe(watch.id));
      await world.eventually('the end', () => next.ended);
      assert.deepEqual(next.seen, ['1:open', '2:done']);
      await live.close();
    },
  },
  {
    promise: 'A wake-up that is lost delays an event until the log is read anyway, and no longer.',
    async run(world) {
      const { store, bus } = world.adapter;
      const deaf: EventBus = {
        listen: async () => async () => undefined,
        onReconnect: () => () => undefined,
        close: () => bus.close(),
      };
      const { live, watch } = await watching({ ...world.adapter, store, bus: deaf }, { polled: false });
      const readers = [
        new Collector(await live.subscribe(watch.id)),
        new Collector(await live.subscribe(watch.id)),
      ];
      await commitNext(world.adapter, watch.id, { status: 'busy', count: 0 });
      await commitNext(world.adapter, watch.id, { status: 'done', count: 0 }, { terminal: true });
      await world.eventually('the end', () => readers.every(({ ended }) => ended), 3 * REFRESH_EVERY_MS);
      for (const reader of readers) assert.deepEqual(reader.seen, ['1:busy', '2:done']);
      await live.close();
    },
  },
];
