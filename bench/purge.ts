// How long what is over holds up everything else while it is removed: 10,000 ended watches with ten events each and as
// many expired records, in one file, beside 100 active watches and beside 10,000.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../src/clock.js';
import type { Clock } from '../src/clock.js';
import { openEmbedded } from '../src/live/embedded/open-embedded.js';
import type { Embedded } from '../src/live/embedded/open-embedded.js';
import { watchId } from '../src/live/watch-id.js';
import { createLogger } from '../src/logger.js';
import { BENCH_OWNER } from './support/bench-kind.js';
import { report } from './support/report.js';

const OVER = 10_000;
const EVENTS = 10;
const STATE = 'x'.repeat(200);
const DAY_MS = 86_400_000;
const MEBIBYTE = 1_048_576;
// Two days on, and with no need to wait for the next removal.
const later: Clock = {
  now: () => systemClock.now() + 2 * DAY_MS,
  schedule: (delayMs, callback) => systemClock.schedule(Math.min(delayMs, 1_000), callback),
};

const logger = createLogger({ level: 'error' });
for (const active of [100, OVER]) {
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-bench-'));
  const path = join(dir, 'sealgraph.db');
  await fill(openEmbedded({ path, clock: systemClock, logger }), active);
  const before = statSync(path).size;

  const embedded = openEmbedded({ path, clock: later, logger });
  const lag = monitorEventLoopDelay({ resolution: 1 });
  const startedAt = performance.now();
  lag.enable();
  while (await embedded.store.read(idOf(`ended ${OVER - 1}`))) await sleep(20);
  // The rest of the space is given back with the removals that come.
  await sleep(2_000);
  lag.disable();
  const seconds = (performance.now() - startedAt) / 1_000;
  await embedded.close();
  report('purge', {
    ...{ active, over: OVER, seconds, longestMs: lag.max / 1e6, p99Ms: lag.percentile(99) / 1e6 },
    ...{ mebibytes: before / MEBIBYTE, mebibytesAfter: statSync(path).size / MEBIBYTE },
  });
  rmSync(dir, { recursive: true });
}

async function fill(embedded: Embedded, active: number): Promise<void> {
  for (let number = 0; number < active; number++) await add(embedded, `active ${number}`, 1);
  for (let number = 0; number < OVER; number++) {
    await add(embedded, `ended ${number}`, EVENTS, 'FINISHED');
    await embedded.records.insert({
      ...{ collection: 'bench', owner: 'anna', id: String(number), value: STATE },
      ...{ createdAt: systemClock.now(), expiresAt: systemClock.now() + DAY_MS },
    });
  }
  await embedded.close();
}

async function add({ store }: Embedded, key: string, events: number, end?: 'FINISHED'): Promise<void> {
  const id = idOf(key);
  const spec = { id, kind: 'bench.thing', provider: 'bench', owner: BENCH_OWNER, key };
  await store.ensure({ ...spec, createdAt: systemClock.now() });
  for (let number = 1; number <= events; number++) {
    const begun = await store.begin(id);
    const isLast = end !== undefined && number === events;
    await store.commit({
      ...{ id, fence: begun?.fence ?? 0, expectedSequence: number - 1 },
      event: {
        ...{ observedAt: systemClock.now(), source: 'POLL', changes: [], state: `${STATE}${number}` },
        ...(isLast ? { terminal: true, endReason: end } : { terminal: false }),
      },
    });
  }
}

function idOf(key: string): string {
  return watchId('bench.thing', BENCH_OWNER, key);
}
