import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/clock.js';
import { RedisEventBus } from '../../src/live/redis/redis-event-bus.js';
import { RedisWatchScheduler } from '../../src/live/redis/redis-watch-scheduler.js';
import { RedisWatchStore } from '../../src/live/redis/redis-watch-store.js';
import { connectRedis } from '../../src/redis/connect.js';
import { Keys } from '../../src/redis/keys.js';
import { memoryLogger } from '../support/memory-logger.js';
import type { RedisServer } from '../support/redis-server.js';
import { RETAINED_EVENTS, type AdapterFactory, type AdapterUnderTest } from './conformance/adapter.js';

let opened = 0;

/** The Redis adapter over keys of its own, in real time. */
export function redisAdapter(server: () => RedisServer): AdapterFactory {
  return {
    name: 'redis',
    open: () => openOver(server(), `test-${process.pid}-${(opened += 1)}`),
  };
}

async function openOver(server: RedisServer, prefix: string): Promise<AdapterUnderTest> {
  const clock = systemClock;
  const logger = memoryLogger();
  const connections = await connectRedis({ urls: [server.url], clock, logger });
  const keys = new Keys(prefix);
  const bus = new RedisEventBus(connections.subscriber, keys, { clock, logger });
  const store = new RedisWatchStore(connections.commands, keys, { clock, retainedEvents: RETAINED_EVENTS });
  const scheduler = new RedisWatchScheduler(connections, keys, {
    clock,
    logger,
    lockDurationMs: 2_000,
    stalledEveryMs: 500,
  });
  const end = async (waitMs?: number): Promise<void> => {
    await scheduler.close(waitMs);
    await Promise.all([store.close(), bus.close()]);
    connections.close();
  };
  return {
    store,
    bus,
    scheduler,
    clock,
    advance: (ms) => pause(ms),
    async crash() {
      // Polls that run are not waited for: nothing of this process happens any more.
      await end(0);
      return openOver(server, prefix);
    },
    close: () => end(),
  };
}
