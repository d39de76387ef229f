import type { Dispatcher } from 'undici';
import { countCall } from '../../call-budget.js';
import type { Clock } from '../../clock.js';
import { happenings } from '../../happenings.js';
import type { Logger } from '../../log.js';
import { span } from '../../spans.js';
import { attempt } from './attempt.js';
import type { Outcome, WireRequest } from './attempt.js';
import type { Breaker } from './breaker.js';
import type { Connections } from './connections.js';
import type { ProblemCode } from '../../provider-error.js';
import { retryAfterMs } from './http-response.js';
import type { Slots } from './slots.js';
import { causeCode, toFailure } from './transport-error.js';
import type { CallKind } from './transport-error.js';

/** A request and what the log says of it. */
export interface Call extends WireRequest {
  readonly requestId: string | undefined;
  readonly wireRequestId: string | undefined;
  readonly caller: string | undefined;
}

/** Takes the answer over. Calls `release` when its slot may be used by the next call. */
export type Receive<Answer> = (data: Dispatcher.ResponseData, release: () => void) => Promise<Answer>;

export interface PipelineOptions {
  readonly connections: Connections;
  readonly slots: Slots;
  readonly breakers: Readonly<Record<CallKind, Breaker>>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What every attempt of every provider passes through: the operation's budget, a slot, the breaker, the wire, the log. */
export type Pipeline = <Answer extends { readonly status: number }>(
  call: Call,
  number: number,
  signal: AbortSignal,
  receive: Receive<Answer>,
) => Promise<Outcome<Answer>>;

export function createPipeline(options: PipelineOptions): Pipeline {
  const { connections, slots, breakers, clock, logger } = options;

  const guarded = async <Answer extends { readonly status: number }>(
    call: Call,
    signal: AbortSignal,
    receive: Receive<Answer>,
  ): Promise<Outcome<Answer>> => {
    let release = (): void => undefined;
    let pauseMs: number | undefined;
    try {
      release = await slots.acquire(signal, call.caller);
      const outcome = await breakers[call.kind].run(
        () =>
          attempt(connections.dispatcher(), call, signal, (data) => {
            if (data.statusCode === TOO_MANY_REQUESTS) pauseMs = retryAfterMs(data.headers, clock);
            return receive(data, release);
          }),
        countsAgainstProvider,
      );
      if (!outcome.ok) release();
      if (pauseMs !== undefined) await breakers[call.kind].pause?.(pauseMs);
      return outcome;
    } catch (cause) {
      release();
      return toFailure(cause, { ...call, sent: false, timedOut: signal.aborted });
    }
  };

  return async (call, number, signal, receive) => {
    const isForOperation = countCall(call.requestId);
    const startedAt = clock.now();
    const { provider, operation, kind, method, requestId, wireRequestId } = call;
    const outcome = await span(
      { name: `${provider} ${operation}`, kind: 'client', facts: { provider, operation, attempt: number } },
      async (tell) => {
        const ended = await guarded(call, signal, receive);
        tell(ended.ok ? { status: ended.answer.status } : { code: ended.error.code });
        return ended;
      },
    );
    const facts = {
      provider,
      operation,
      kind,
      method,
      requestId,
      ...(wireRequestId !== undefined && { wireRequestId }),
      attempt: number,
      durationMs: clock.now() - startedAt,
    };
    happenings.call.tell({
      ...{ provider, operation, isForOperation, durationMs: facts.durationMs },
      outcome: outcome.ok ? 'OK' : outcome.error.code,
    });
    if (outcome.ok) {
      logger.info({ ...facts, status: outcome.answer.status }, 'provider call');
    } else {
      const { code, cause } = outcome.error;
      logger.warn({ ...facts, code, reason: causeCode(cause) }, 'provider call failed');
    }
    return outcome;
  };
}

const TOO_MANY_REQUESTS = 429;

const FAILURES_OF_PROVIDER: ReadonlySet<ProblemCode> = new Set([
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_UNTRUSTED',
  'PROVIDER_TIMEOUT',
  'OUTCOME_UNKNOWN',
]);

/** A refusal by rule (4xx) says nothing about the provider's health. */
function countsAgainstProvider(outcome: Outcome<{ readonly status: number }>): boolean {
  return outcome.ok ? outcome.answer.status >= 500 : FAILURES_OF_PROVIDER.has(outcome.error.code);
}
