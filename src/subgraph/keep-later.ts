import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';

/** What could not be kept of what has happened, because the store was away. */
export interface KeepLater {
  /** Tries `work` again and again, for an hour. */
  keep(operation: string, work: () => Promise<unknown>): void;
  /** Gives up what is still to be kept. */
  close(): void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const GIVE_UP_MS = 3_600_000;
/** More than this many at once are not held in memory: the store has then been away for long. */
const MOST_KEPT = 10_000;

export function createKeepLater({
  clock,
  logger,
}: {
  readonly clock: Clock;
  readonly logger: Logger;
}): KeepLater {
  const waiting = new Set<() => void>();

  const keep = async (operation: string, work: () => Promise<unknown>, endsAt: number, waitMs: number) => {
    try {
      await work();
      logger.info({ event: 'command', operation }, 'what a command has done was kept in the end');
    } catch (error) {
      if (clock.now() < endsAt) return schedule(operation, work, endsAt, waitMs * 2);
      logger.error({ event: 'command', operation, err: error }, 'what a command has done was never kept');
    }
  };
  const schedule = (
    operation: string,
    work: () => Promise<unknown>,
    endsAt: number,
    waitMs: number,
  ): void => {
    const cancel = clock.schedule(Math.min(waitMs, LONGEST_WAIT_MS), () => {
      waiting.delete(cancel);
      void keep(operation, work, endsAt, waitMs);
    });
    waiting.add(cancel);
  };

  return {
    keep(operation, work) {
      if (waiting.size < MOST_KEPT) schedule(operation, work, clock.now() + GIVE_UP_MS, FIRST_WAIT_MS);
    },
    close() {
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
}
