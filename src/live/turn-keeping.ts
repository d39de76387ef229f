import type { Clock } from '../clock.js';

/** Milliseconds that a process which was killed in its turn holds up others. */
export const TURN_MS = 5_000;
const KEEP_EVERY_MS = 2_000;
// Longer than any call to a provider, with its repetitions. A turn that never ends is no longer kept.
const LONGEST_TURN_MS = 60_000;
// How soon it is seen that the turn of another process has ended.
const LOOK_AGAIN_MS = 50;

/** Keeps a turn until the returned function is called, for a minute at the most. */
export function keepTurn(clock: Clock, keep: () => Promise<void>): () => void {
  const until = clock.now() + LONGEST_TURN_MS;
  const plan = (): (() => void) =>
    clock.schedule(KEEP_EVERY_MS, () => {
      if (clock.now() >= until) return;
      cancel = plan();
      keep().catch(() => undefined);
    });
  let cancel = plan();
  return () => cancel();
}

/**
 * Waits until it is worth while to ask for a turn again.
 * @param ended the turn of this process, if it has it: then there is no need to look again
 */
export function mayBeFree(clock: Clock, ended: Promise<void> | undefined): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(LOOK_AGAIN_MS, resolve);
    void ended?.then(() => {
      cancel();
      resolve();
    });
  });
}
