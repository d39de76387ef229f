import '../support/shifted-time.js';
import 'reflect-metadata';
import { systemClock } from '../../src/clock.js';
import { createLive } from '../../src/live/engine.js';
import { openRedis } from '../../src/live/redis/open-redis.js';
import { memoryLogger } from '../support/memory-logger.js';
import { ScriptedProvider } from './conformance/scripted-provider.js';
import { OWNER } from './conformance/watches.js';
import { slowKind } from './one-clock.js';

/**
 * A process whose machine shows another time. As `poller` it polls, its provider answering something new for `thing-1` each time, and
 * prints a line per read; as `subgraph` it watches `thing-3` for an hour and prints a line when it does.
 */
const [url = '', role] = process.argv.slice(2);
const logger = memoryLogger();
const ports = await openRedis({
  urls: [url],
  clock: systemClock,
  logger,
  lockDurationMs: 2_000,
  stalledEveryMs: 500,
});
const { clock } = ports;
const live = createLive({ ...ports, logger });
const provider = new ScriptedProvider();
provider.answer = async (keys) => {
  process.stdout.write(`${clock.now()}\n`);
  return keys.map((key) => ({
    state: key === 'thing-1' ? { status: 'busy', count: provider.reads.length } : provider.thing(key),
  }));
};
live.register(slowKind, provider);
if (role === 'poller') await live.startPolling(['test']);
else {
  const deadlineAt = clock.now() + 3_600_000;
  await live.watch({ kind: slowKind, owner: OWNER, key: 'thing-3', deadlineAt });
  process.stdout.write('watched\n');
}
process.stdin.resume().once('end', () => process.exit());
