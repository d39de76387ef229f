import { after, before } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/clock.js';
import { connectRedis } from '../../src/redis/connect.js';
import { Keys } from '../../src/redis/keys.js';
import { RedisRecordStore } from '../../src/store/redis/redis-record-store.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisServer } from '../support/redis-server.js';
import { testRecordStore, type RecordStoreUnderTest } from './conformance.js';

// A cluster, so that whatever touches keys of several slots at once is refused.
let server: RedisServer;
before(async () => void (server = await RedisServer.start({ cluster: true })));
after(() => server.stop());

let opened = 0;
testRecordStore({ name: 'redis', open: () => openOver(`test-${(opened += 1)}`) });

async function openOver(prefix: string): Promise<RecordStoreUnderTest> {
  const clock = systemClock;
  const connections = await connectRedis({ url: server.url, clock, logger: memoryLogger() });
  const records = new RedisRecordStore(connections.commands, new Keys(prefix), { clock });
  const close = async (): Promise<void> => {
    await records.close();
    connections.close();
  };
  return {
    records,
    now: () => clock.now(),
    advance: (ms) => pause(ms),
    async crash() {
      await close();
      return openOver(prefix);
    },
    close,
  };
}
