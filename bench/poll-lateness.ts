// Polls per second and how late they begin: 2,000 watches, polled every two seconds by one process over Redis, against
// a provider that takes 200 ms; and the same number of plain timers in one process (baseline).
import { setTimeout as sleep } from 'node:timers/promises';
import { report } from './support/report.js';
import { percentile } from './support/percentile.js';
import { openBenchRedis } from './support/redis.js';

const WATCHES = 2_000;
const INTERVAL_MS = 2_000;
const UPSTREAM_MS = 200;
const MEASURED_MS = 20_000;

type Poll = (plannedAt: number) => Promise<number>;

await measure('redis', async (poll) => {
  const redis = await openBenchRedis({ concurrency: 500 });
  const planned = new Map<string, number>();
  const ids = Array.from({ length: WATCHES }, (_, at) => `bench~${at}`);
  for (const id of ids) planned.set(id, Date.now() + Math.random() * INTERVAL_MS);
  await Promise.all(ids.map((id) => redis.ports.scheduler.schedule('bench', id, planned.get(id) ?? 0)));
  await redis.ports.scheduler.process('bench', async (id) => {
    const nextAt = await poll(planned.get(id) ?? 0);
    planned.set(id, nextAt);
    return { nextAt };
  });
  return redis.stop;
});
await measure('timers', async (poll) => {
  let isRunning = true;
  const plan = (at: number): void =>
    void setTimeout(() => {
      if (isRunning) void poll(at).then(plan);
    }, at - Date.now());
  for (let watch = 0; watch < WATCHES; watch++) plan(Date.now() + Math.random() * INTERVAL_MS);
  return async () => void (isRunning = false);
});

async function measure(what: string, begin: (poll: Poll) => Promise<() => Promise<void>>): Promise<void> {
  const latenessMs: number[] = [];
  let isMeasuring = false;
  const end = await begin(async (plannedAt) => {
    if (isMeasuring) latenessMs.push(Math.max(0, Date.now() - plannedAt));
    await sleep(UPSTREAM_MS);
    return Math.round(Date.now() + INTERVAL_MS * (0.9 + 0.2 * Math.random()));
  });
  // The first round is that of starting.
  await sleep(2 * INTERVAL_MS);
  isMeasuring = true;
  await sleep(MEASURED_MS);
  isMeasuring = false;
  report('poll-lateness', {
    what,
    watches: WATCHES,
    pollsPerSecond: latenessMs.length / (MEASURED_MS / 1_000),
    p50Ms: percentile(latenessMs, 0.5),
    p99Ms: percentile(latenessMs, 0.99),
  });
  await end();
}
