import type { Clock } from '../../clock.js';

/** The moment by which a call must have ended, whatever happens. */
export interface Deadline {
  /** Aborted when the moment has come. */
  readonly signal: AbortSignal;
  /** Milliseconds until then; 0 afterwards. */
  leftMs(): number;
  /** Gives the call its whole time again, from now on. */
  restart(): void;
  /** The call has ended: the signal will not abort any more. */
  clear(): void;
}

/** A deadline `timeoutMs` milliseconds from now. */
export function startDeadline(clock: Clock, timeoutMs: number): Deadline {
  const controller = new AbortController();
  const schedule = (): (() => void) => clock.schedule(timeoutMs, () => controller.abort());
  let endsAt = clock.now() + timeoutMs;
  let cancel = schedule();
  let isOver = false;
  return {
    signal: controller.signal,
    leftMs: () => Math.max(0, endsAt - clock.now()),
    restart() {
      if (isOver) return;
      cancel();
      endsAt = clock.now() + timeoutMs;
      cancel = schedule();
    },
    clear() {
      isOver = true;
      cancel();
    },
  };
}

/** `promise`, or a rejection as soon as `signal` is aborted: whoever waits is free even when the promise never settles. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
