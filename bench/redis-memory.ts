// Memory of Redis per live watch with three small events and its next poll planned, and per message of a plain stream
// of its own with the same three texts (baseline).
import { systemClock } from '../src/clock.js';
import { createLive } from '../src/live/engine.js';
import { createLogger } from '../src/logger.js';
import { BENCH_OWNER, benchKind, BenchProvider } from './support/bench-kind.js';
import { openBenchRedis, type BenchRedis } from './support/redis.js';
import { report } from './support/report.js';

const WATCHES = 10_000;
const EVENTS = 3;
const AT_ONCE = 200;
const TEXT = JSON.stringify({ observedAt: 0, source: 'COMMAND', terminal: false, changes: [1], state: 1 });

const redis = await openBenchRedis();
const live = createLive({
  ...redis.ports,
  clock: systemClock,
  logger: createLogger({ level: 'error' }),
});
live.register(benchKind, new BenchProvider());
const empty = await usedMemory(redis);
await forEach(async (number) => {
  const { id } = await live.watch({ kind: benchKind, owner: BENCH_OWNER, key: `thing ${number}` });
  for (let event = 1; event <= EVENTS; event++) await live.apply(benchKind, id, async () => event);
});
const withWatches = await usedMemory(redis);
await redis.server.with(async (client) => {
  await forEach(async (number) => {
    for (let event = 1; event <= EVENTS; event++) await client.xadd(`plain:${number}`, '*', 'e', TEXT);
  });
});
const withStreams = await usedMemory(redis);
report('redis-memory', {
  watches: WATCHES,
  bytesPerWatch: (withWatches - empty) / WATCHES,
  bytesPerPlainStream: (withStreams - withWatches) / WATCHES,
});
await live.close();
await redis.stop();

async function usedMemory({ server }: BenchRedis): Promise<number> {
  const info = await server.with((client) => client.info('memory'));
  return Number(/^used_memory:(\d+)/m.exec(info)?.[1]);
}

async function forEach(work: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < WATCHES) await work(next++);
    }),
  );
}
