import { after, before } from 'node:test';
import { systemClock } from '../../src/clock.js';
import { openRedis } from '../../src/live/redis/open-redis.js';
import { eventually } from '../live/redis-world.js';
import { callsInFlight } from '../support/calls-in-flight.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';
import { newVault } from '../support/open-subgraph.js';
import { RedisServer } from '../support/redis-server.js';
import { testCannotKeep } from './cannot-keep.js';
import type { BreakableStore } from './cannot-keep.js';

let server: RedisServer;
let stages = 0;
before(async () => (server = await RedisServer.start()));
after(() => server.stop());

const FAULTS = [
  {
    name: 'out of memory',
    break: ['CONFIG', 'SET', 'maxmemory', '1'],
    heal: ['CONFIG', 'SET', 'maxmemory', '0'],
  },
  { name: 'a replica', break: ['REPLICAOF', '127.0.0.1', '1'], heal: ['REPLICAOF', 'NO', 'ONE'] },
];

testCannotKeep('Redis', async (test): Promise<BreakableStore> => {
  const keyPrefix = `stage-${stages++}`;
  const ports = await openRedis({
    urls: [server.url],
    keyPrefix,
    clock: systemClock,
    logger: memoryLogger(),
  });
  test.after(() => ports.close());
  const { through, isAny } = callsInFlight();
  const tell = ([command = '', ...rest]: readonly string[]) => {
    return () => server.with((redis) => redis.call(command, ...rest));
  };
  // Its own connections come back in real time, of which the time of the stage knows nothing.
  const isScheduling = () =>
    ports.scheduler.cancel('none', 'none').then(
      () => true,
      () => false,
    );
  const faults = FAULTS.map((fault) => ({
    name: fault.name,
    break: tell(fault.break),
    heal: async () => {
      await tell(fault.heal)();
      await eventually('watches are scheduled again', isScheduling);
    },
  }));
  // All stages share the server, whatever becomes of one.
  test.after(async () => {
    for (const { heal } of FAULTS) await tell(heal)();
  });
  return {
    ports: {
      records: through(ports.records),
      store: through(ports.store),
      scheduler: through(ports.scheduler),
      bus: through(ports.bus),
    },
    isBusy: isAny,
    vault: newVault(),
    // Redis forgets by its own time.
    clock: new ManualClock(Date.now()),
    polls: false,
    faults,
    ready: () => ports.ready(),
  };
});
