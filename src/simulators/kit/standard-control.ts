import { z } from 'zod';
import type { CallCounters } from './call-counters.js';
import { ControlError, does, nothing, shows } from './control.js';
import { faultSchema, type FaultInjector } from './faults.js';

/** The time of one simulated world: it runs with the given clock and can be moved ahead of it. */
export interface SimulatedClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Everything that depends on the time is computed from `now()`, so it follows at once. */
  advance(ms: number): void;
}

export const advanceClockSchema = z.strictObject({ ms: z.int().min(0) });
export const ADVANCES_CLOCK =
  "Moves the provider's time ahead of the real one; it stays ahead over restarts.";

export interface StandardParts {
  readonly clock: SimulatedClock;
  readonly faults: FaultInjector;
  readonly counters: CallCounters;
  /** The names of what clients can ask for. */
  readonly operations: () => readonly string[];
}

/** What can be told to every simulator. */
export function standardVerbs({ clock, faults, counters, operations }: StandardParts) {
  return {
    advanceClock: does(advanceClockSchema, ADVANCES_CLOCK, ({ ms }) => clock.advance(ms)),
    injectFault: does(
      faultSchema,
      'Lets the next calls of an operation, or of any, go wrong: another status and body, a delay, no answer at all.',
      (fault) => {
        requireOperation(fault.operation, operations());
        faults.inject(fault);
      },
    ),
    clearFaults: does(nothing, 'Forgets the faults that still wait for their call.', () => faults.clear()),
    resetCalls: does(nothing, 'Begins counting calls anew.', () => counters.reset()),
  };
}

/**
 * Refuses a name that no operation has: what waits for one that never comes would make its tests believe that all went
 * well. @throws ControlError
 */
export function requireOperation(name: string | undefined, known: readonly string[]): void {
  if (name !== undefined && !known.includes(name))
    throw new ControlError(`there is no operation ${name}: name one of ${known.join(', ')}`);
}

/** What every simulator can show. */
export function standardNouns({ clock, counters }: Pick<StandardParts, 'clock' | 'counters'>) {
  return {
    time: shows("The provider's time, ISO 8601.", () => new Date(clock.now()).toISOString()),
    calls: shows('How often each operation was called, refused calls included.', () => counters.snapshot()),
  };
}

export type StandardControl = ReturnType<typeof standardVerbs> & ReturnType<typeof standardNouns>;
