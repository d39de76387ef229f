import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { ScriptedProvider, thingKind } from './conformance/scripted-provider.js';
import { eventually, redisProcess, startRedis } from './redis-world.js';
import type { RedisProcess } from './redis-world.js';

// Nothing is due again within the test but what it asks for.
const kind = thingKind({ sharedAs: (key) => key, pollDelayMs: () => 3_600_000 });

/** Two reads of what so many callers watch, each in one of so many processes: the reads there were. */
async function readsOf(
  t: TestContext,
  { replicas, callers }: Record<'replicas' | 'callers', number>,
): Promise<number> {
  const server = await startRedis(t);
  const provider = new ScriptedProvider();
  const processes: RedisProcess[] = [];
  for (let n = 0; n < replicas; n++) processes.push(await redisProcess(t, server, provider, { kind }));
  await Promise.all(processes.map(({ live }) => live.startPolling(['test'])));
  const watches = await Promise.all(
    Array.from({ length: callers }, async (_, n) => {
      const process = processes[n % replicas];
      assert(process);
      return process.live.watch({ kind, owner: { tenant: 'acme', subject: `caller-${n}` }, key: 'thing-1' });
    }),
  );
  const [first] = processes;
  assert(first);
  const all = (status: string) =>
    eventually(`all know ${status}`, async () => {
      const known = await first.store.readMany(watches.map(({ id }) => id));
      return known.every((event) => event !== undefined && JSON.stringify(event.state).includes(status));
    });
  await all('open');
  provider.set('thing-1', 'busy');
  await first.live.outdate(kind, watches[0]?.owner ?? assert.fail('nobody watches'), 'thing-1');
  await Promise.all(watches.map(({ id }) => first.scheduler.schedule('test', id, first.clock.now())));
  await all('busy');
  assert.equal(provider.mostAtOnce, 1);
  await Promise.all(processes.map(({ live }) => live.close()));
  return provider.reads.length;
}

for (const load of [
  { replicas: 1, callers: 1 },
  { replicas: 1, callers: 20 },
  { replicas: 4, callers: 20 },
])
  test(`Twenty callers and four replicas read no more than one of each: ${JSON.stringify(load)}.`, async (t) => {
    assert.equal(await readsOf(t, load), 2);
  });
