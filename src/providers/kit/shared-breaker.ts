import type { Clock } from '../../clock.js';
import { LastingTrouble } from '../../lasting-trouble.js';
import type { Logger } from '../../log.js';
import { BreakerOpenError, createBreaker } from './breaker.js';
import type { Breaker, BreakerPolicy, BreakerState } from './breaker.js';
import type { CallGate, Permit } from './call-gate.js';
import { ProviderError } from '../../provider-error.js';
import type { CallKind } from './transport-error.js';

export interface SharedBreakerOptions {
  readonly gate: CallGate;
  readonly provider: string;
  /** Of several ways to the provider the one that is meant. */
  readonly channel?: string | undefined;
  /** Of several accounts at it the one that is meant. */
  readonly account?: string | undefined;
  /** Without the gate, reads go on as this process alone decides; writes do not begin: what came of them could not be kept. */
  readonly kind: CallKind;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A provider that asks for more is asked again, rather than left alone for hours. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * A breaker whose state all processes share: each counts its own calls, and the first that has seen enough failures
 * opens it for all. One call at a time, over all processes, then finds out whether the provider is back.
 */
export function createSharedBreaker(
  policy: BreakerPolicy,
  { gate, provider, channel, account, kind, clock, logger }: SharedBreakerOptions,
  onChange: (state: BreakerState) => void,
): Breaker {
  const own = account === undefined ? undefined : `account:${encodeURIComponent(account)}`;
  const name = [provider, channel, own, kind].filter((part) => part !== undefined).join('.');
  let permit: Permit = 'free';
  let opening: Promise<void> | undefined;
  const local = createBreaker(policy, (state) => {
    onChange(state);
    if (state === 'open') opening = agree(gate.open(name, policy.openMs), undefined);
  });

  const trouble = new LastingTrouble({
    ...{ clock, logger, well: 'a breaker is shared again' },
    failed: 'a breaker could not be shared; this process decides alone',
  });
  const agree = async <Answer>(answer: Promise<Answer>, otherwise: Answer): Promise<Answer> => {
    try {
      const agreed = await answer;
      trouble.well({ provider, kind });
      return agreed;
    } catch (error) {
      trouble.failed({ provider, kind, err: error });
      return otherwise;
    }
  };

  return {
    get state() {
      if (permit === 'free') return local.state;
      return permit === 'probe' ? 'half-open' : 'open';
    },
    async run(call, hasFailed) {
      const entering = gate.enter(name);
      const given = (permit = await (kind === 'read' ? agree(entering, 'free') : entering));
      if (typeof given === 'object') throw refusal(given);
      if (given === 'free') {
        try {
          return await local.run(call, hasFailed);
        } finally {
          // What this process has opened is open for all before the next call.
          await opening;
        }
      }
      const outcome = await call();
      await agree(hasFailed(outcome) ? gate.open(name, policy.openMs) : gate.close(name), undefined);
      return outcome;
    },
    pause: (ms) => agree(gate.pause(name, Math.min(ms, LONGEST_PAUSE_MS)), undefined),
  };
}

function refusal({ refused, retryAfterMs }: Exclude<Permit, string>): Error {
  return refused === 'paused'
    ? new ProviderError('RATE_LIMITED', { retryAfterMs })
    : new BreakerOpenError('another process found too many calls failing', retryAfterMs);
}
