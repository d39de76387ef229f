import type { WatchKind } from '../../src/live/watch-kind.js';

/** Counts the reads of a thing that never ends. */
export class BenchProvider {
  reads = 0;
}

/** A kind with small events, polled every 500 ms. */
export const benchKind: WatchKind<string, number, BenchProvider> = {
  name: 'bench.thing',
  provider: 'bench',
  read: async (provider, keys) => {
    provider.reads += 1;
    return keys.map(() => ({ state: Math.floor(Date.now() / 1_000) }));
  },
  merge: (_previous, observed) => observed,
  isTerminal: () => false,
  pollDelayMs: () => 500,
  describe: (_previous, next) => [next],
};

export const BENCH_OWNER = { tenant: 'bench', subject: 'anna' };
