import { systemClock, type Clock } from '../clock.js';

/** How a process says that it is about to end, before it does. */
export interface Drain {
  /** Readiness says so, from the moment `begin` is called. */
  readonly isDraining: () => boolean;
  /** Resolves when whoever sends requests here has had time to notice: until then everything is served as ever. */
  begin(): Promise<void>;
}

/** @param delayMs how long that time is */
export function createDrain(delayMs: number, clock: Clock = systemClock): Drain {
  let begun: Promise<void> | undefined;
  return {
    isDraining: () => begun !== undefined,
    begin: () =>
      (begun ??= new Promise((resolve) => {
        if (delayMs === 0) resolve();
        else clock.schedule(delayMs, resolve);
      })),
  };
}
