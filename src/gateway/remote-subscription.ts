import type { ExecutionResult } from '@graphql-tools/utils';
import { CloseCode } from 'graphql-ws';
import type { Clock } from '../clock.js';
import { keepOriginWithin } from '../event-origin.js';
import { readRemoteOrigin, readRemoteResult } from './remote-result.js';
import { ReaderQueue } from './reader-queue.js';
import type { RemoteSubscription } from './resumable.js';
import { schemaChanged } from './running-subscriptions.js';
import type { Seat } from './subgraph-sockets.js';

export interface RemoteSubscriptionOptions {
  /** Where it takes place. */
  readonly seat: Seat;
  readonly clock: Clock;
  /** A number from 0 up to 1. Default Math.random. */
  readonly random?: (() => number) | undefined;
  /** Milliseconds within which an interrupted subscription must go on. Default 30,000. */
  readonly resumeWithinMs?: number | undefined;
  /** What readers get as last result when the subscription cannot go on. */
  readonly onFailure: (cause: unknown) => ExecutionResult;
}

const RESUME_WITHIN_MS = 30_000;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 2_000;
/** Events that may wait for a slow reader; beyond that the subscription fails rather than skip one. */
const MAX_WAITING = 1_000;
/** Asking again would be answered no again. */
const REFUSALS: readonly unknown[] = [
  ...[CloseCode.BadRequest, CloseCode.Unauthorized, CloseCode.Forbidden],
  ...[CloseCode.SubprotocolNotAcceptable, CloseCode.SubscriberAlreadyExists],
  CloseCode.TooManyInitialisationRequests,
];

/**
 * Subscribes at a subgraph service. When the service goes away or falls silent, what can be resumed goes on behind its last event as soon as the service is back; readers see a pause.
 * What cannot, or not in time, gets a last result that says so, and completes; a new subscription connects anew.
 */
export function subscribeRemotely(
  subscription: RemoteSubscription,
  options: RemoteSubscriptionOptions,
): AsyncIterableIterator<ExecutionResult> {
  const remote = new Remote(subscription, options);
  remote.start();
  return remote.results;
}

class Remote {
  readonly results: ReaderQueue<ExecutionResult>;
  readonly #subscription: RemoteSubscription;
  readonly #options: RemoteSubscriptionOptions;
  #leave = (): void => undefined;
  /** Of the first result: what never began is not waited for. */
  #hasBegun = false;
  #interruption: { readonly since: number; attempts: number } | undefined;

  constructor(subscription: RemoteSubscription, options: RemoteSubscriptionOptions) {
    this.#subscription = subscription;
    this.#options = options;
    this.results = new ReaderQueue({
      limit: MAX_WAITING,
      mustKeep: () => true,
      onLeave: async () => this.#end(),
    });
  }

  start(): void {
    this.#leave = this.#options.seat.subscribe(this.#subscription.payload(), {
      next: (message) => this.#take(message),
      error: (cause) => this.#interrupted(cause),
      complete: () => {
        this.results.end();
        this.#options.seat.leave();
      },
    });
  }

  #take(message: unknown): void {
    const result = readRemoteResult(message);
    if (!result || this.results.size >= MAX_WAITING) {
      return this.#fail(
        new Error(result ? 'its events were not read in time' : 'it sent what is no GraphQL result'),
      );
    }
    this.#hasBegun = true;
    this.#interruption = undefined;
    this.#subscription.saw(result);
    keepOriginWithin(result.data, readRemoteOrigin(message));
    this.results.push(result);
  }

  #interrupted(cause: unknown): void {
    const { seat, clock, random = Math.random, resumeWithinMs = RESUME_WITHIN_MS } = this.#options;
    // What it took before it does not understand any more: it is another version of it.
    if (this.#hasBegun && Array.isArray(cause)) return this.#endWith({ errors: [schemaChanged()] });
    if (!this.#hasBegun || !this.#subscription.canResume || isRefusal(cause)) return this.#fail(cause);
    const now = clock.now();
    // Nothing may happen for long: it has lasted.
    if (this.#interruption && seat.heardAt > this.#interruption.since) this.#interruption = undefined;
    const interruption = (this.#interruption ??= { since: now, attempts: 0 });
    if (now >= interruption.since + resumeWithinMs) return this.#fail(cause);
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** interruption.attempts, LONGEST_DELAY_MS);
    interruption.attempts += 1;
    // Spread: whoever was interrupted with it comes back too.
    this.#leave = clock.schedule(delayMs * (0.5 + random()), () => this.start());
  }

  #fail(cause: unknown): void {
    this.#endWith(this.#options.onFailure(cause instanceof Error ? cause : new Error(describe(cause))));
  }

  #endWith(last: ExecutionResult): void {
    this.results.push(last);
    this.results.end();
    this.#end();
  }

  #end(): void {
    this.#leave();
    this.#options.seat.leave();
  }
}

/** graphql-ws reports a closed socket as an event, a refused operation as a list of errors, and the rest as an error. */
function isRefusal(cause: unknown): boolean {
  return Array.isArray(cause) || REFUSALS.includes(closeCodeOf(cause));
}

function describe(cause: unknown): string {
  const code = closeCodeOf(cause);
  return code === undefined ? 'the operation was refused' : `the socket was closed with ${code}`;
}

function closeCodeOf(cause: unknown): number | undefined {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'number' ? code : undefined;
}
