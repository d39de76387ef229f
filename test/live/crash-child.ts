import { systemClock } from '../../src/clock.js';
import { openEmbedded } from '../../src/live/embedded/open-embedded.js';
import { createLive } from '../../src/live/engine.js';
import { memoryLogger } from '../support/memory-logger.js';
import { STEPS, steppingKind, WATCHES } from './stepping-kind.js';
import { OWNER } from './conformance/watches.js';

/** A process to be killed: polls its watches quickly and prints `<watch> <sequence>` for every step once it is stored. */
const [path = ''] = process.argv.slice(2);
const logger = memoryLogger();
const embedded = openEmbedded({ path, clock: systemClock, logger, retainedEvents: STEPS });
const live = createLive({ ...embedded, clock: systemClock, logger });
live.register(steppingKind, undefined);
const watches = await Promise.all(
  Array.from({ length: WATCHES }, (_, n) =>
    live.watch({ kind: steppingKind, owner: OWNER, key: `thing-${n}` }),
  ),
);
const readers = watches.map(async ({ id }) => {
  for await (const { event } of await live.subscribe(id)) process.stdout.write(`${id} ${event.sequence}\n`);
});
await live.startPolling(['test']);
// The timers of the clock let a process end; this one stays until it is killed or has finished.
const stay = setInterval(() => undefined, 1_000);
await Promise.all(readers);
clearInterval(stay);
await live.close();
await embedded.close();
process.stdout.write('finished\n');
