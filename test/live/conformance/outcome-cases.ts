import assert from 'node:assert/strict';
import type { Live } from '../../../src/live/engine.js';
import type { Reading } from '../../../src/live/watch-kind.js';
import { ProviderError } from '../../../src/provider-error.js';
import type { ConformanceCase, World } from './adapter.js';
import { Collector } from './collector.js';
import { FreezableClock } from './freezable-clock.js';
import { openLive, watching } from './live-processes.js';
import { ScriptedProvider, thingKind, type ThingState } from './scripted-provider.js';
import { logOf, OWNER } from './watches.js';

const DONE: Reading<ThingState> = { state: { status: 'done', count: 1 } };
const GONE: Reading<ThingState> = { end: 'NOT_FOUND' };

/** What the engine promises about outcomes over any adapter, with subscribers in two processes. */
export const outcomeCases: readonly ConformanceCase[] = [
  {
    promise: 'Reads of one watch never overlap: polls, refreshes and commands of two processes take turns.',
    naiveBreaks: true,
    async run(world) {
      const { live, other, provider, id, readers } = await twoProcesses(world);
      provider.answer = async (keys) => {
        await new Promise<void>((resolve) => world.adapter.clock.schedule(5, resolve));
        return keys.map((key) => ({ state: provider.thing(key) }));
      };
      const kind = thingKind();
      const asking = [live, other].flatMap((process) =>
        Array.from({ length: 4 }, (_, n) =>
          n % 2
            ? process.refresh(id)
            : process.apply(kind, id, async () => {
                const [reading] = await provider.read(['thing-1']);
                return reading && 'state' in reading ? reading.state : provider.thing('thing-1');
              }),
        ),
      );
      await inTime<unknown>(world, asking);
      const reads = provider.reads.length;
      await world.eventually('polls go on', () => provider.reads.length > reads + 3);
      assert.equal(provider.mostAtOnce, 1);
      provider.set('thing-1', 'done');
      await world.eventually('the end for all', () => readers.every(({ ended }) => ended));
      await close(live, other);
    },
  },
  {
    promise: 'An end that the provider tells once is never lost to "not found", whoever reads it.',
    naiveBreaks: true,
    async run(world) {
      // The provider never errs about what it does not find, as some do not: there is no patience to hide behind.
      const kind = thingKind({ notFoundPatienceMs: 0 });
      const { live, other, provider, follow } = await twoProcesses(world, { kind });
      const told = new Set<string>();
      provider.answer = async ([key = '']) => {
        if (key === 'thing-1') return [GONE];
        const isFirst = !told.has(key);
        told.add(key);
        // The one that brings the end is slow.
        await new Promise<void>((resolve) => world.adapter.clock.schedule(isFirst ? 30 : 1, resolve));
        return [isFirst ? DONE : GONE];
      };
      for (let round = 0; round < 5; round++) {
        const { id, readers } = await follow(`push-${round}`);
        const refreshes = [live, other, other, live].map((process) => process.refresh(id));
        await world.eventually('the end for all', () => readers.every(({ ended }) => ended));
        for (const refreshed of await inTime(world, refreshes))
          assert.deepEqual(refreshed?.state, { status: 'done', count: 1 });
        for (const reader of readers) assert.equal(reader.seen.at(-1), '2:done');
      }
      await close(live, other);
    },
  },
  {
    promise:
      'One "not found" of what was seen alive is told to nobody; what stays missing ends, and goes on when seen.',
    naiveBreaks: true,
    async run(world) {
      const { live, other, provider, id, readers } = await twoProcesses(world, {
        kind: thingKind({ notFoundPatienceMs: 400 }),
      });
      provider.answer = async () => {
        provider.answer = undefined;
        return [GONE];
      };
      const reads = provider.reads.length;
      await world.eventually('polls after it', () => provider.reads.length > reads + 3);
      assert.ok(readers.every(({ seen }) => seen.length === 1));
      provider.answer = async () => [GONE];
      await world.eventually('the end for all', () => readers.every(({ ended }) => ended));
      const ended = readers.map((reader) => reader.events.at(-1)?.event);
      assert.deepEqual(
        ended.map((event) => event && [event.sequence, event.endReason]),
        [
          [2, 'NOT_FOUND'],
          [2, 'NOT_FOUND'],
        ],
      );
      // Refreshed while it is still missing it stays as it is; found again, it goes on for everybody.
      assert.equal((await other.refresh(id))?.endReason, 'NOT_FOUND');
      provider.answer = undefined;
      provider.set('thing-1', 'back');
      assert.deepEqual((await other.refresh(id))?.state, { status: 'back', count: 0 });
      const resumed = [
        new Collector(await live.subscribe(id, { after: readers[0]?.cursor })),
        new Collector(await other.subscribe(id, { after: readers[1]?.events[0]?.cursor })),
      ];
      provider.set('thing-1', 'done');
      await world.eventually('the end for all', () => resumed.every((reader) => reader.ended));
      assert.deepEqual(
        resumed.map(({ seen }) => seen),
        [
          ['3:back', '4:done'],
          ['2:open', '3:back', '4:done'],
        ],
      );
      await close(live, other);
    },
  },
  {
    promise:
      'A refresh tells its own caller what went wrong, ends its turn, and is shared by those who wait.',
    async run(world) {
      const { live, other, provider, id } = await twoProcesses(world, { polled: false });
      provider.answer = () => Promise.reject(new ProviderError('PROVIDER_TIMEOUT'));
      await assert.rejects(live.refresh(id), { code: 'PROVIDER_TIMEOUT' });
      await assert.rejects(other.refresh(id), { code: 'PROVIDER_TIMEOUT' });
      provider.answer = undefined;
      const reads = provider.reads.length;
      const refreshed = await inTime(
        world,
        Array.from({ length: 20 }, () => live.refresh(id)),
      );
      assert.ok(refreshed.every((event) => event?.sequence === refreshed[0]?.sequence));
      assert.ok(provider.reads.length - reads <= 2);
      assert.equal(await live.refresh('test.thing~unknown'), undefined);
      await close(live, other);
    },
  },
  {
    promise: 'What a command knows to be over ends at once, for everybody.',
    async run(world) {
      const { live, other, readers, id } = await twoProcesses(world);
      await other.end(id, 'NOT_FOUND');
      await world.eventually('the end for all', () => readers.every(({ ended }) => ended));
      const ends = readers.map(({ events }) => events.at(-1)?.event);
      assert.deepEqual(
        ends.map((event) => [event?.endReason, event?.source]),
        [
          ['NOT_FOUND', 'COMMAND'],
          ['NOT_FOUND', 'COMMAND'],
        ],
      );
      await close(live, other);
    },
  },
  {
    promise: 'What a frozen poller read before a command is never told after it, and the watch is polled on.',
    naiveBreaks: true,
    async run(world) {
      const clock = new FreezableClock(world.adapter.clock);
      const { live, provider, watch } = await watching(world.adapter, { clock });
      const other = openLive(world.adapter, provider);
      const reader = new Collector(await other.subscribe(watch.id));
      await world.eventually('the current state', () => reader.events.length === 1);
      const old: ThingState = { status: 'seen before the command', count: 0 };
      let answer: () => void = () => undefined;
      const waiting = new Promise<void>((resolve) => (answer = resolve));
      provider.answer = async (keys) => (await waiting, keys.map(() => ({ state: old })));
      const reads = provider.reads.length;
      await world.eventually('a poll', () => provider.reads.length === reads + 1);
      clock.freeze();
      provider.answer = undefined;
      provider.set('thing-1', 'commanded');
      const kind = thingKind();
      // Once the turn of the frozen one is over.
      await inTime(world, [other.apply(kind, watch.id, async () => provider.thing('thing-1'))]);
      answer();
      clock.thaw();
      await world.eventually('a later poll', () => provider.reads.length > reads + 1);
      provider.set('thing-1', 'done');
      await world.eventually('the end', () => reader.ended);
      assert.deepEqual(await logOf(world.adapter, watch.id), [
        '1:{"status":"open","count":0}',
        '2:{"status":"commanded","count":0}',
        '3:{"status":"done","count":0}',
      ]);
      await close(live, other);
    },
  },
];

/** Lets time pass until all are there. */
async function inTime<Result>(world: World, working: readonly Promise<Result>[]): Promise<Result[]> {
  let isOver = false;
  void Promise.allSettled(working).then(() => (isOver = true));
  await world.eventually('all have finished', () => isOver);
  return Promise.all(working);
}

async function close(...processes: readonly Live[]): Promise<void> {
  await Promise.all(processes.map((live) => live.close()));
}

/** Two processes, one of them polling, each with a subscriber of `thing-1` that has the current state. */
async function twoProcesses(
  world: World,
  { kind = thingKind(), polled = true }: { kind?: ReturnType<typeof thingKind>; polled?: boolean } = {},
) {
  const provider = new ScriptedProvider();
  const live = openLive(world.adapter, provider, { kind });
  const other = openLive(world.adapter, provider, { kind });
  const follow = async (key: string) => {
    const first = { state: provider.thing(key), source: 'COMMAND' } as const;
    const { id } = await live.watch({ kind, owner: OWNER, key, first });
    const readers = [new Collector(await live.subscribe(id)), new Collector(await other.subscribe(id))];
    await world.eventually('the current state', () => readers.every(({ events }) => events.length >= 1));
    return { id, readers };
  };
  const followed = await follow('thing-1');
  if (polled) await live.startPolling(['test']);
  return { live, other, provider, follow, ...followed };
}
