import type { Clock } from '../../clock.js';

/** How many calls may be under way at once. */
export interface Concurrency {
  /** Calls at the same time. Default 32. */
  readonly limit: number;
  /** Of those, how many of one caller. Default half of them. */
  readonly perCaller?: number;
  /** Calls that may wait for one of those to end; more are refused. Default 256. */
  readonly queue: number;
  /** Of those, how many of one caller. Default all. */
  readonly queuePerCaller?: number;
  /** How long one may wait, milliseconds; then it is refused. Default 10 000. */
  readonly waitMs: number;
}

export const DEFAULT_CONCURRENCY: Concurrency = { limit: 32, queue: 256, waitMs: 10_000 };

/** Too many calls are waiting already, or for too long: this one was not begun. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
}

/** A counted right to make calls. */
export interface Slots {
  /**
   * Waits for a free slot; the returned function gives it back (once, however often called). Of those who wait, whoever
   * holds the fewest slots is first, then whoever had one the longest ago, then whoever came first.
   * @param caller whose call it is; without one it is nobody's, and counted with nobody's
   * @throws QueueFullError, or the reason of `signal` when that is aborted first
   */
  acquire(signal: AbortSignal, caller?: string): Promise<() => void>;
}

interface Waiter {
  readonly caller: string | undefined;
  proceed(): void;
}

export function createSlots(
  { limit, perCaller = Math.max(1, Math.ceil(limit / 2)), queue, queuePerCaller, waitMs }: Concurrency,
  clock: Pick<Clock, 'schedule'>,
  onChange: (used: number, waiting: number) => void = () => undefined,
): Slots {
  const waiting = new Set<Waiter>();
  const held = new Map<string | undefined, number>();
  // When callers who hold or want a slot had their last one.
  const turns = new Map<string | undefined, number>();
  let used = 0;
  let turn = 0;

  const heldBy = (caller: string | undefined): number => held.get(caller) ?? 0;
  const mayTake = (caller: string | undefined): boolean =>
    used < limit && (caller === undefined || heldBy(caller) < perCaller);
  const mayWait = (caller: string | undefined): boolean =>
    waiting.size < queue &&
    (caller === undefined ||
      queuePerCaller === undefined ||
      [...waiting].filter((one) => one.caller === caller).length < queuePerCaller);
  const count = (caller: string | undefined, change: 1 | -1): void => {
    used += change;
    const left = heldBy(caller) + change;
    if (left === 0) held.delete(caller);
    else held.set(caller, left);
    onChange(used, waiting.size);
  };
  const isBefore = ({ caller: one }: Waiter, { caller: other }: Waiter): boolean =>
    heldBy(one) === heldBy(other)
      ? (turns.get(one) ?? 0) < (turns.get(other) ?? 0)
      : heldBy(one) < heldBy(other);
  const next = (): Waiter | undefined =>
    [...waiting]
      .filter(({ caller }) => mayTake(caller))
      .reduce<Waiter | undefined>((first, one) => (first && !isBefore(one, first) ? first : one), undefined);
  const forget = (caller: string | undefined): void => {
    if (heldBy(caller) === 0 && ![...waiting].some((one) => one.caller === caller)) turns.delete(caller);
  };
  const take = (caller: string | undefined): (() => void) => {
    count(caller, 1);
    turn += 1;
    turns.set(caller, turn);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      count(caller, -1);
      next()?.proceed();
      forget(caller);
    };
  };

  return {
    async acquire(signal, caller) {
      signal.throwIfAborted();
      if (mayTake(caller)) return take(caller);
      if (!mayWait(caller)) throw new QueueFullError('too many calls are waiting');
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          waiting.delete(waiter);
          onChange(used, waiting.size);
          stopWaiting();
          signal.removeEventListener('abort', giveUp);
        };
        const refuse = (reason: unknown): void => {
          leave();
          forget(caller);
          reject(reason);
        };
        const giveUp = (): void => refuse(signal.reason);
        const waiter: Waiter = {
          caller,
          proceed() {
            leave();
            resolve(take(caller));
          },
        };
        const stopWaiting = clock.schedule(waitMs, () => refuse(new QueueFullError('the wait was too long')));
        waiting.add(waiter);
        onChange(used, waiting.size);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
}
