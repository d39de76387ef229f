/** The only source of time: injected everywhere, so that tests decide what time it is. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `callback` once, `delayMs` from now; the returned function cancels it. Never keeps the process alive. */
  schedule(delayMs: number, callback: () => void): () => void;
}

// Node clamps longer delays to 1 ms.
const MAX_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, callback) {
    const dueAt = Date.now() + delayMs;
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const leftMs = dueAt - Date.now();
      timer =
        leftMs > MAX_TIMER_MS ? setTimeout(arm, MAX_TIMER_MS) : setTimeout(callback, Math.max(0, leftMs));
      timer.unref();
    };
    arm();
    return () => clearTimeout(timer);
  },
};
