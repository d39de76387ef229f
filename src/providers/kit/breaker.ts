import { BrokenCircuitError, circuitBreaker, CircuitState, CountBreaker, handleResultType } from 'cockatiel';

/** When a breaker opens and for how long. */
export interface BreakerPolicy {
  /** Share of failed calls above which it opens, between 0 and 1. Default 0.5. */
  readonly failureRatio: number;
  /** How many of the latest calls are looked at. Default 20. */
  readonly window: number;
  /** Fewer calls than this never open it. Default 10. */
  readonly minimumCalls: number;
  /** Milliseconds it stays open before one call may try again. Default 10 000. */
  readonly openMs: number;
}

export const DEFAULT_BREAKER: BreakerPolicy = {
  failureRatio: 0.5,
  window: 20,
  minimumCalls: 10,
  openMs: 10_000,
};

export type BreakerState = 'closed' | 'open' | 'half-open';

/** The breaker is open: the call was not begun. */
export class BreakerOpenError extends Error {
  override readonly name = 'BreakerOpenError';

  /** @param retryAfterMs when it is known how long it stays open. */
  constructor(
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** Spares a provider that keeps failing, and its callers the waiting. */
export interface Breaker {
  readonly state: BreakerState;
  /** Makes the call, unless open. @throws BreakerOpenError, or whatever `call` throws */
  run<Outcome>(call: () => Promise<Outcome>, hasFailed: (outcome: Outcome) => boolean): Promise<Outcome>;
  /** Makes no calls for so many milliseconds, because the provider asked for it; undefined where nobody else would know. */
  readonly pause?: (ms: number) => Promise<void>;
}

/**
 * A breaker of this process. It measures `openMs` by the system's clock, the only one cockatiel knows.
 * @param onChange told of each change of state
 */
export function createBreaker(policy: BreakerPolicy, onChange: (state: BreakerState) => void): Breaker {
  const circuit = circuitBreaker(
    handleResultType(Verdict, ({ failed }) => failed),
    {
      halfOpenAfter: policy.openMs,
      breaker: new CountBreaker({
        threshold: policy.failureRatio,
        size: policy.window,
        minimumNumberOfCalls: policy.minimumCalls,
      }),
    },
  );
  circuit.onStateChange((state) => onChange(nameOf(state)));

  return {
    get state() {
      return nameOf(circuit.state);
    },
    async run(call, hasFailed) {
      // Cockatiel lets later calls wait for the probe; refusing them keeps every call within its own deadline.
      if (circuit.state === CircuitState.HalfOpen) throw new BreakerOpenError('a probe is under way');
      try {
        const { outcome } = await circuit.execute(async () => {
          const outcome = await call();
          return new Verdict(outcome, hasFailed(outcome));
        });
        return outcome;
      } catch (error) {
        throw error instanceof BrokenCircuitError ? new BreakerOpenError('too many calls failed') : error;
      }
    },
  };
}

class Verdict<Outcome> {
  constructor(
    readonly outcome: Outcome,
    readonly failed: boolean,
  ) {}
}

function nameOf(state: CircuitState): BreakerState {
  if (state === CircuitState.Closed) return 'closed';
  return state === CircuitState.HalfOpen ? 'half-open' : 'open';
}
