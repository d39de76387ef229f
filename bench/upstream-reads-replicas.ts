// Upstream reads of one watch over Redis: one process with one subscriber (baseline), and four processes with 250 each.
// The processes are four sets of connections, each with an engine that also polls. The numbers must be equal.
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../src/clock.js';
import { createLive } from '../src/live/engine.js';
import { createLogger } from '../src/logger.js';
import { RedisServer } from '../test/support/redis-server.js';
import { BENCH_OWNER, benchKind, BenchProvider } from './support/bench-kind.js';
import { openBenchPorts } from './support/redis.js';
import { report } from './support/report.js';

const WATCHED_MS = 20_000;

for (const [replicas, subscribersEach] of [
  [1, 1],
  [4, 250],
] as const) {
  const server = await RedisServer.start();
  const provider = new BenchProvider();
  const processes = await Promise.all(
    Array.from({ length: replicas }, async () => {
      const ports = await openBenchPorts(server);
      const live = createLive({ ...ports, clock: systemClock, logger: createLogger({ level: 'error' }) });
      live.register(benchKind, provider);
      await live.startPolling([benchKind.provider]);
      return { ports, live };
    }),
  );
  let events = 0;
  const count = async (events$: AsyncIterable<unknown>): Promise<void> => {
    for await (const _ of events$) events += 1;
  };
  const readers = await Promise.all(
    processes.map(async ({ live }) => {
      const { id } = await live.watch({ kind: benchKind, owner: BENCH_OWNER, key: 'one' });
      const all = await Promise.all(Array.from({ length: subscribersEach }, () => live.subscribe(id)));
      return all.map(count);
    }),
  );
  const before = provider.reads;
  await sleep(WATCHED_MS);
  const reads = provider.reads - before;
  report('upstream-reads-replicas', {
    replicas,
    subscribers: replicas * subscribersEach,
    seconds: WATCHED_MS / 1_000,
    reads,
    events,
  });
  await Promise.all(processes.map(({ live }) => live.close()));
  await Promise.all(readers.flat());
  await Promise.all(processes.map(({ ports }) => ports.close()));
  await server.stop();
}
