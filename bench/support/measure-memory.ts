import { performance } from 'node:perf_hooks';

const MIB = 1024 * 1024;

/** Runs work and answers how far the memory of this process grew meanwhile, MiB, and how long it took, seconds. */
export async function measureMemory(
  work: () => Promise<void>,
): Promise<{ rssBeforeMiB: number; rssGrowthMiB: number; seconds: number }> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  clearInterval(sampling);
  return { rssBeforeMiB: before / MIB, rssGrowthMiB: (peak - before) / MIB, seconds };
}
