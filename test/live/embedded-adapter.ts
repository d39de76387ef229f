import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventBus } from '../../src/live/embedded/embedded-event-bus.js';
import { EmbeddedWatchScheduler } from '../../src/live/embedded/embedded-watch-scheduler.js';
import { EmbeddedWatchStore } from '../../src/live/embedded/embedded-watch-store.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RETAINED_EVENTS, type AdapterFactory, type AdapterUnderTest } from './conformance/adapter.js';

/** The embedded adapter over a file of its own, in time that the suite moves. */
export const embedded: AdapterFactory = {
  name: 'embedded',
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'sealgraph-live-'));
    return openOver(folder, new ManualClock());
  },
};

function openOver(folder: string, clock: ManualClock): AdapterUnderTest {
  const database = openDatabase(join(folder, 'sealgraph.db'));
  const bus = new EmbeddedEventBus();
  const store = new EmbeddedWatchStore(database, {
    clock,
    logger: memoryLogger(),
    wake: (id) => bus.wake(id),
    retainedEvents: RETAINED_EVENTS,
  });
  const scheduler = new EmbeddedWatchScheduler(database, { clock, logger: memoryLogger() });
  return {
    store,
    bus,
    scheduler,
    clock,
    advance: (ms) => clock.advance(ms),
    async crash() {
      // Polls that run are not waited for: nothing of this process happens any more.
      void scheduler.close();
      await Promise.all([store.close(), bus.close()]);
      database.close();
      return openOver(folder, clock);
    },
    async close() {
      await Promise.all([scheduler.close(), store.close(), bus.close()]);
      database.close();
      await rm(folder, { recursive: true });
    },
  };
}
