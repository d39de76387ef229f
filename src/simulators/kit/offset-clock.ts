import type { Clock } from '../../clock.js';

/** The time of one simulated world: it runs with the given clock and can be moved ahead of it. */
export interface OffsetClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves this world's time on; everything that depends on it is computed from `now()`, so it follows at once. */
  advance(ms: number): void;
}

/** Starts level with the given clock. */
export function offsetClock(clock: Clock): OffsetClock {
  let offsetMs = 0;
  return {
    now: () => clock.now() + offsetMs,
    advance(ms) {
      offsetMs += ms;
    },
  };
}
