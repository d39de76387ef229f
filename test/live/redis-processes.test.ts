import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Collector } from './conformance/collector.js';
import { ScriptedProvider, THING_POLL_MS } from './conformance/scripted-provider.js';
import { aWatch } from './conformance/watches.js';
import { redisAdapter } from './redis-adapter.js';
import { eventually, redisProcess, startRedis, watched } from './redis-world.js';

const zombie = fileURLToPath(new URL('./redis-zombie.js', import.meta.url));

test('A poller that was frozen in the middle of a poll is replaced, and refused when it wakes up.', async (t) => {
  const server = await startRedis(t);
  const provider = new ScriptedProvider();
  const { live, store } = await redisProcess(t, server, provider);
  const watch = await live.watch(watched('thing-1'));
  const child = spawn(process.execPath, [...process.execArgv, zombie, server.url], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  assert.equal((await lines.next()).value, 'reading');
  child.kill('SIGSTOP');
  child.stdin.write('answer\n');

  provider.set('thing-1', 'new');
  await live.startPolling(['test']);
  const reader = new Collector(await live.subscribe(watch.id));
  await eventually('the replacement', () => reader.seen.includes('1:new'));
  child.kill('SIGCONT');
  assert.equal((await lines.next()).value, 'STALE');
  // It would take polls again, and answers none of them.
  child.kill('SIGKILL');
  provider.set('thing-1', 'done');
  await eventually('the end', () => reader.ended);
  assert.deepEqual(
    (await store.read(watch.id, 0))?.since.map(({ state }) => state),
    [
      { status: 'new', count: 0 },
      { status: 'done', count: 0 },
    ],
  );
});

test('However often its pollers crash, a watch is polled again.', async (t) => {
  const server = await startRedis(t);
  let adapter = await redisAdapter(() => server).open();
  t.after(() => adapter.close());
  await adapter.scheduler.schedule('test', 'test.thing~1', Date.now());
  for (let crash = 1; crash <= 3; crash++) {
    let isPolled = false;
    await adapter.scheduler.process('test', () => {
      isPolled = true;
      return new Promise<never>(() => undefined);
    });
    await eventually(`the poll before crash ${crash}`, () => isPolled);
    adapter = await adapter.crash();
  }
  let polls = 0;
  await adapter.scheduler.process('test', async () => (++polls < 3 ? { nextAt: Date.now() } : 'done'));
  await eventually('the polls after the crashes', () => polls === 3);
});

test('Four processes with many subscribers on one watch read the provider once per interval.', async (t) => {
  const server = await startRedis(t);
  const provider = new ScriptedProvider();
  const processes = await Promise.all([1, 2, 3, 4].map(() => redisProcess(t, server, provider)));
  const watches = await Promise.all(processes.map(({ live }) => live.watch(watched('thing-1'))));
  const id = watches[0]?.id ?? '';
  await Promise.all(processes.map(({ live }) => live.startPolling(['test'])));
  const readers = await Promise.all(
    processes.flatMap(({ live }) =>
      Array.from({ length: 25 }, async () => new Collector(await live.subscribe(id))),
    ),
  );
  await eventually('the current state for all', () => readers.every(({ events }) => events.length > 0));
  assert.deepEqual(await server.with((redis) => redis.pubsub('NUMSUB', `sealgraph:{w:${id}}`)), [
    `sealgraph:{w:${id}}`,
    4,
  ]);
  const [startedAt, before] = [performance.now(), provider.reads.length];
  for (let count = 1; count <= 5; count++) {
    provider.set('thing-1', 'busy', count);
    await eventually('the change for all', () =>
      readers.every(({ events }) => {
        const state = events.at(-1)?.event.state;
        return typeof state === 'object' && state !== null && 'count' in state && state.count === count;
      }),
    );
  }
  const intervals = (performance.now() - startedAt) / (0.9 * THING_POLL_MS);
  assert.ok(provider.reads.length - before <= intervals + 1);
  provider.set('thing-1', 'done');
  await eventually('the end for all', () => readers.every(({ ended }) => ended));
  assert.equal(provider.mostAtOnce, 1);
  const all = readers.map(({ sequences }) => sequences);
  for (const sequences of all)
    assert.deepEqual(
      sequences,
      sequences.map((_, index) => (sequences[0] ?? 0) + index),
    );
  assert.equal(new Set(all.map((sequences) => sequences.at(-1))).size, 1);
});

test('Two processes that look for watches without a next poll at the same time give each of them one.', async (t) => {
  const server = await startRedis(t);
  const provider = new ScriptedProvider();
  const processes = await Promise.all([1, 2].map(() => redisProcess(t, server, provider)));
  const [one, other] = processes;
  assert.ok(one && other);
  const keys = Array.from({ length: 20 }, (_, n) => `thing-${n}`);
  // As a crash between the two steps of watching leaves them.
  for (const key of keys)
    await one.store.ensure(aWatch({ now: Date.now, schedule: () => () => undefined }, { key }));
  for (const key of keys) provider.set(key, 'done');
  const turns = await Promise.all(
    Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? one : other).takeTurn('test', 60_000)),
  );
  assert.equal(turns.filter(Boolean).length, 1);
  await Promise.all(processes.map(({ live }) => live.startPolling(['test'])));
  await eventually('a poll of each', () => provider.reads.length >= keys.length);
  await eventually('the end of each', async () => (await activeIn(one.store)) === 0);
  assert.deepEqual(provider.reads.flat().toSorted(), keys.toSorted());
  assert.equal(provider.mostAtOnce, 1);
});

async function activeIn(store: { active(provider: string): AsyncIterable<unknown> }): Promise<number> {
  let count = 0;
  for await (const _ of store.active('test')) count += 1;
  return count;
}
