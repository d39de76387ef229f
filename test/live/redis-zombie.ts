import { once } from 'node:events';
import { systemClock } from '../../src/clock.js';
import { createLive } from '../../src/live/engine.js';
import { openRedis } from '../../src/live/redis/open-redis.js';
import { memoryLogger } from '../support/memory-logger.js';
import { replaced } from './conformance/replaced.js';
import { ScriptedProvider, thingKind } from './conformance/scripted-provider.js';

/**
 * A process to be frozen: its first read prints `reading` and answers `old` once it gets a line; then it prints what
 * became of the commit.
 */
const [url = ''] = process.argv.slice(2);
const logger = memoryLogger();
const ports = await openRedis({
  urls: [url],
  clock: systemClock,
  logger,
  lockDurationMs: 2_000,
  stalledEveryMs: 500,
});
const provider = new ScriptedProvider();
provider.answer = async () => {
  process.stdout.write('reading\n');
  await once(process.stdin, 'data');
  return [{ state: { status: 'old', count: 0 } }];
};
const { store } = ports;
const live = createLive({
  ...ports,
  logger,
  store: replaced(store, {
    async commit(commit) {
      const committed = await store.commit(commit);
      process.stdout.write(`${committed.outcome}\n`);
      return committed;
    },
  }),
});
live.register(thingKind(), provider);
await live.startPolling(['test']);
