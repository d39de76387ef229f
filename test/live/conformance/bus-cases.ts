import assert from 'node:assert/strict';
import type { ConformanceCase } from './adapter.js';
import { aWatch, commitNext } from './watches.js';

/** What every `EventBus`, together with the store that feeds it, promises. */
export const busCases: readonly ConformanceCase[] = [
  {
    promise: 'A bus wakes every listener of a watch after each event, and nobody else.',
    async run(world) {
      const { store, bus, clock } = world.adapter;
      const [watch, other] = [aWatch(clock, { key: 'one' }), aWatch(clock, { key: 'other' })];
      await store.ensure(watch);
      await store.ensure(other);
      const woken = { first: 0, second: 0, other: 0 };
      await bus.listen(watch.id, () => (woken.first += 1));
      await bus.listen(watch.id, () => (woken.second += 1));
      await bus.listen(other.id, () => (woken.other += 1));
      await commitNext(world.adapter, watch.id, 'a');
      await world.eventually('both are woken', () => woken.first === 1 && woken.second === 1);
      await commitNext(world.adapter, watch.id, 'a');
      await commitNext(world.adapter, watch.id, 'b');
      await world.eventually('both are woken again', () => woken.first === 2 && woken.second === 2);
      assert.equal(woken.other, 0);
    },
  },
  {
    promise: 'A bus wakes a listener for an event that the creation of the watch brings.',
    async run(world) {
      const { store, bus, clock } = world.adapter;
      const watch = aWatch(clock);
      let woken = 0;
      await bus.listen(watch.id, () => (woken += 1));
      await store.ensure(watch, {
        observedAt: 1,
        source: 'COMMAND',
        terminal: false,
        changes: [],
        state: 'a',
      });
      await world.eventually('it is woken', () => woken === 1);
    },
  },
  {
    promise: 'A bus goes on waking a listener when its siblings leave, in whatever order.',
    async run(world) {
      const { store, bus, clock } = world.adapter;
      const { id } = aWatch(clock);
      await store.ensure(aWatch(clock));
      const woken = { first: 0, staying: 0, third: 0 };
      const leaveFirst = await bus.listen(id, () => (woken.first += 1));
      await bus.listen(id, () => (woken.staying += 1));
      const leaveThird = await bus.listen(id, () => (woken.third += 1));
      await leaveFirst();
      await commitNext(world.adapter, id, 'a');
      await world.eventually('two are woken', () => woken.staying === 1 && woken.third === 1);
      await leaveThird();
      await leaveThird();
      await commitNext(world.adapter, id, 'b');
      await world.eventually('one is woken', () => woken.staying === 2);
      assert.deepEqual(woken, { first: 0, staying: 2, third: 1 });
    },
  },
  {
    promise: 'A bus wakes a listener that came while the last one left.',
    async run(world) {
      const { store, bus, clock } = world.adapter;
      const { id } = aWatch(clock);
      await store.ensure(aWatch(clock));
      let woken = 0;
      const leave = await bus.listen(id, () => undefined);
      await Promise.all([leave(), bus.listen(id, () => (woken += 1))]);
      await commitNext(world.adapter, id, 'a');
      await world.eventually('it is woken', () => woken === 1);
    },
  },
];
