/** How many calls may be under way at once. */
export interface Concurrency {
  /** Calls at the same time. Default 32. */
  readonly limit: number;
  /** Calls that may wait for one of those to end; more are refused. Default 256. */
  readonly queue: number;
}

export const DEFAULT_CONCURRENCY: Concurrency = { limit: 32, queue: 256 };

/** Too many calls are waiting already: this one was not begun. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
}

/** A counted right to make calls. */
export interface Slots {
  /**
   * Waits for a free slot, first come first served; the returned function gives it back (once, however often called).
   * @throws QueueFullError, or the reason of `signal` when that is aborted first
   */
  acquire(signal: AbortSignal): Promise<() => void>;
}

export function createSlots({ limit, queue }: Concurrency): Slots {
  const waiting = new Set<() => void>();
  let used = 0;

  const take = (): (() => void) => {
    used++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      used--;
      const [next] = waiting;
      next?.();
    };
  };

  return {
    async acquire(signal) {
      signal.throwIfAborted();
      if (used < limit) return take();
      if (waiting.size >= queue) throw new QueueFullError('too many calls are waiting');
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          waiting.delete(proceed);
          signal.removeEventListener('abort', giveUp);
        };
        const proceed = (): void => {
          leave();
          resolve(take());
        };
        const giveUp = (): void => {
          leave();
          reject(signal.reason);
        };
        waiting.add(proceed);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
}
