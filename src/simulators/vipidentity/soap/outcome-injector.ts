import type { Outcome } from '../operations/operation.js';

interface PendingOutcome {
  readonly operation: string | undefined;
  readonly outcome: Outcome;
  left: number;
}

/** Outcomes which the next calls get instead of being carried out, also ones the service never gives by itself. */
export class OutcomeInjector {
  #pending: PendingOutcome[] = [];

  /** @param operation default any; @param count of calls. */
  inject(operation: string | undefined, outcome: Outcome, count: number): void {
    this.#pending.push({ operation, outcome, left: count });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The oldest that is meant for the operation, once less. */
  take(operation: string): Outcome | undefined {
    const found = this.#pending.find((pending) => (pending.operation ?? operation) === operation);
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left === 0) this.#pending = this.#pending.filter((pending) => pending !== found);
    return found.outcome;
  }
}
