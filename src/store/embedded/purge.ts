import type { Clock } from '../../clock.js';
import { LastingTrouble } from '../../lasting-trouble.js';
import type { Logger } from '../../log.js';

export interface PurgeOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds between two removals. */
  readonly everyMs: number;
  /** Removes a little of what is over, and answers whether there may be more. */
  readonly slice: () => boolean;
}

/** Removes what is over, a slice at a time, with turns for everything else in between. Answers how to stop it. */
export function purgeEvery({ clock, logger, everyMs, slice }: PurgeOptions): () => void {
  let cancel: () => void;
  const plan = (inMs: number): void => {
    cancel = clock.schedule(inMs, () => plan(run() ? 0 : everyMs));
  };
  const trouble = new LastingTrouble({
    ...{ clock, logger, level: 'error' },
    failed: 'what is over could not be removed from the store; it is tried again',
    well: 'what is over is removed from the store again',
  });
  const run = (): boolean => {
    try {
      const isMore = slice();
      trouble.well();
      return isMore;
    } catch (error) {
      trouble.failed({ err: error });
      return false;
    }
  };
  plan(everyMs);
  return () => cancel();
}
