import assert from 'node:assert/strict';
import type { NextPoll } from '../../../src/live/ports.js';
import type { AdapterUnderTest, ConformanceCase, World } from './adapter.js';

// A timer of the operating system may be early by a moment.
const EARLY_MS = 5;
const NEVER = new Promise<never>(() => undefined);

/** What every `WatchScheduler` promises. */
export const schedulerCases: readonly ConformanceCase[] = [
  {
    promise:
      'A scheduler polls when a watch is due, again when the poll asked for it, and not after it is done.',
    async run(world) {
      const { scheduler, clock } = world.adapter;
      const polls = new Polls(world.adapter, (count) => (count < 3 ? { nextAt: clock.now() + 40 } : 'done'));
      await scheduler.process('test', polls.poll);
      const dueAt = clock.now() + 40;
      await scheduler.schedule('test', 'test.thing~1', dueAt);
      await world.eventually('three polls', () => polls.times.length === 3);
      assert.ok((polls.times[0] ?? 0) >= dueAt - EARLY_MS);
      for (const [index, time] of polls.times.slice(1).entries())
        assert.ok(time - (polls.times[index] ?? 0) >= 40 - EARLY_MS);
      await world.adapter.advance(200);
      assert.equal(polls.times.length, 3);
    },
  },
  {
    promise: 'A scheduler polls a watch that was scheduled before its polls were processed.',
    async run(world) {
      const { scheduler, clock } = world.adapter;
      const polls = new Polls(world.adapter, () => 'done');
      await scheduler.schedule('test', 'test.thing~1', clock.now());
      await scheduler.process('test', polls.poll);
      await world.eventually('a poll', () => polls.times.length === 1);
    },
  },
  {
    promise: 'A scheduler runs one poll of a watch at a time, however often it is scheduled.',
    async run(world) {
      const { scheduler, clock } = world.adapter;
      const polls = new Polls(world.adapter, () => 'done');
      polls.hold();
      await scheduler.process('test', polls.poll);
      const schedule = () => scheduler.schedule('test', 'test.thing~1', clock.now());
      await Promise.all(Array.from({ length: 10 }, schedule));
      await world.eventually('a poll', () => polls.times.length === 1);
      await Promise.all(Array.from({ length: 10 }, schedule));
      await world.adapter.advance(60);
      assert.equal(polls.times.length, 1);
      polls.release();
      await world.eventually('what was asked for meanwhile', () => polls.times.length === 2);
      await world.adapter.advance(100);
      assert.deepEqual([polls.times.length, polls.mostAtOnce], [2, 1]);
    },
  },
  {
    promise: 'A scheduler moves a poll to an earlier time, and never to a later one.',
    async run(world) {
      const { scheduler, clock } = world.adapter;
      const polls = new Polls(world.adapter, () => 'done');
      await scheduler.process('test', polls.poll);
      const startedAt = clock.now();
      await scheduler.schedule('test', 'test.thing~1', startedAt + 600_000);
      await scheduler.schedule('test', 'test.thing~1', startedAt + 50);
      await scheduler.schedule('test', 'test.thing~1', startedAt + 300_000);
      await world.eventually('the earlier poll', () => polls.times.length === 1);
      assert.ok((polls.times[0] ?? 0) >= startedAt + 50 - EARLY_MS);
      await world.adapter.advance(100);
      assert.equal(polls.times.length, 1);
    },
  },
  {
    promise: 'A scheduler does not poll a watch that was cancelled, waiting or running.',
    async run(world) {
      const { scheduler, clock } = world.adapter;
      const polls = new Polls(world.adapter, () => ({ nextAt: clock.now() + 20 }));
      polls.hold();
      await scheduler.process('test', polls.poll);
      await scheduler.schedule('test', 'test.thing~waiting', clock.now() + 60);
      await scheduler.cancel('test', 'test.thing~waiting');
      await scheduler.schedule('test', 'test.thing~running', clock.now());
      await world.eventually('a poll', () => polls.times.length === 1);
      await scheduler.cancel('test', 'test.thing~running');
      polls.release();
      await world.adapter.advance(200);
      assert.deepEqual(polls.ids, ['test.thing~running']);
      await scheduler.schedule('test', 'test.thing~waiting', clock.now());
      await world.eventually('a poll that is scheduled anew', () => polls.ids.includes('test.thing~waiting'));
    },
  },
  {
    promise: 'A scheduler keeps the polls of providers apart.',
    async run(world) {
      const { scheduler, clock } = world.adapter;
      const one = new Polls(world.adapter, () => 'done');
      const other = new Polls(world.adapter, () => 'done');
      one.hold();
      await scheduler.process('test', one.poll);
      await scheduler.process('other', other.poll);
      await scheduler.schedule('test', 'test.thing~1', clock.now());
      await scheduler.schedule('other', 'other.thing~1', clock.now());
      await world.eventually('both polls', () => one.times.length + other.times.length === 2);
      assert.deepEqual([one.ids, other.ids], [['test.thing~1'], ['other.thing~1']]);
      one.release();
    },
  },
  {
    promise: 'A scheduler repeats a poll that was broken off by an error.',
    async run(world) {
      const { scheduler, clock } = world.adapter;
      const polls = new Polls(world.adapter, (count) => {
        if (count === 1) throw new Error('broken off');
        return 'done';
      });
      await scheduler.process('test', polls.poll);
      await scheduler.schedule('test', 'test.thing~1', clock.now());
      await world.eventually('the repetition', () => polls.times.length === 2);
    },
  },
  {
    promise: 'A scheduler polls again after a crash what was being polled, and what was waiting.',
    async run(world) {
      const before = world.adapter;
      const started: string[] = [];
      await before.scheduler.process('test', async (id) => {
        started.push(id);
        return NEVER;
      });
      await before.scheduler.schedule('test', 'test.thing~running', before.clock.now());
      await before.scheduler.schedule('test', 'test.thing~waiting', before.clock.now() + 500);
      await world.eventually('a poll', () => started.length === 1);
      const after = await world.crash();
      const polls = new Polls(after, () => 'done');
      await after.scheduler.process('test', polls.poll);
      await world.eventually('both polls', () => new Set(polls.ids).size === 2, 30_000);
    },
  },
  {
    promise: 'A scheduler that is closed lets the running poll finish and starts no other.',
    async run(world) {
      const { scheduler, clock } = world.adapter;
      const polls = new Polls(world.adapter, () => ({ nextAt: clock.now() }));
      polls.hold();
      await scheduler.process('test', polls.poll);
      await scheduler.schedule('test', 'test.thing~1', clock.now());
      await world.eventually('a poll', () => polls.times.length === 1);
      let closed = false;
      const closing = scheduler.close().then(() => (closed = true));
      await world.adapter.advance(50);
      assert.equal(closed, false);
      polls.release();
      await closing;
      await world.adapter.advance(100);
      assert.equal(polls.times.length, 1);
    },
  },
];

/** Counts the polls it is asked for, and can hold them. */
class Polls {
  readonly times: number[] = [];
  readonly ids: string[] = [];
  mostAtOnce = 0;
  #running = 0;
  #held: Promise<void> | undefined;
  #release: () => void = () => undefined;
  readonly #adapter: AdapterUnderTest;
  readonly #answer: (count: number) => NextPoll;

  constructor(adapter: World['adapter'], answer: (count: number) => NextPoll) {
    this.#adapter = adapter;
    this.#answer = answer;
  }

  readonly poll = async (id: string): Promise<NextPoll> => {
    this.times.push(this.#adapter.clock.now());
    this.ids.push(id);
    const count = this.times.length;
    this.#running += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#running);
    await this.#held;
    this.#running -= 1;
    return this.#answer(count);
  };

  hold(): void {
    this.#held = new Promise((resolve) => (this.#release = resolve));
  }

  release(): void {
    this.#release();
    this.#held = undefined;
  }
}
