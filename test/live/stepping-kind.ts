import type { WatchKind } from '../../src/live/watch-kind.js';

/** How many things there are, and how many steps each takes. */
export const WATCHES = 20;
export const STEPS = 15;

/** Every observation is one step further than what was known: a log with a lost or doubled step gives itself away. */
export const steppingKind: WatchKind<string, number, undefined> = {
  name: 'test.stepping',
  provider: 'test',
  read: async (_client, keys) => keys.map(() => ({ state: 0 })),
  merge: (previous) => (previous ?? 0) + 1,
  isTerminal: (step) => step >= STEPS,
  pollDelayMs: () => 20,
  describe: (_previous, next) => [next],
};
