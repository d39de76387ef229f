import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { ProviderError } from '../provider-error.js';
import { commitEvent } from './commit-event.js';
import { FailureCounts } from './failure-counts.js';
import type { BoundKind, KindRegistry } from './kind-registry.js';
import { deadlineEvent, endEvent, observedEvent } from './next-event.js';
import { backoffMs, jitter, MAX_BACKOFF_MS, nextPollAt } from './poll-timing.js';
import type { Json, NextPoll, WatchEvent, WatchScheduler, WatchSpec, WatchStore } from './ports.js';
import type { Reading } from './watch-kind.js';

/** Asks to be the one process that does `what` for all, for the next `forMs`. */
export type TakeTurn = (what: string, forMs: number) => Promise<boolean>;

export interface PollerOptions {
  readonly store: WatchStore;
  readonly scheduler: WatchScheduler;
  readonly kinds: KindRegistry;
  readonly clock: Clock;
  /** A number from 0 up to 1, as Math.random. */
  readonly random: () => number;
  readonly logger: Logger;
  /** Milliseconds between two searches for active watches without a next poll. Default five minutes. */
  readonly reconcileEveryMs: number;
  /** Lets one process at a time make that search. Undefined: this is the only one. */
  readonly takeTurn?: TakeTurn;
}

interface Opened {
  readonly id: string;
  readonly fence: number;
  readonly spec: WatchSpec;
  readonly latest: WatchEvent | undefined;
  /** The deadline had passed when this poll began: what it reads is the last word. */
  readonly isLast: boolean;
}

const STALE_RETRY_MS = 1_000;
// Long enough that processes started together do not all search; two that overlap do no harm.
const RECONCILE_TURN_MS = 10_000;

/** Reads what is due at the providers, and commits what has changed. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #failures = new FailureCounts();
  readonly #cancelReconcile = new Map<string, () => void>();
  #closed = false;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  /** Polls the watches of a provider from now on, beginning with those that a crash left without a next poll. */
  async start(provider: string): Promise<void> {
    await this.#options.scheduler.process(provider, (id) => this.#poll(id));
    await this.#reconcile(provider);
  }

  /** Makes sure that the watch has a next poll, not earlier than it would come anyway. */
  async ensureScheduled(
    spec: WatchSpec,
    latest: Pick<WatchEvent, 'state' | 'terminal'> | undefined,
  ): Promise<void> {
    if (latest?.terminal) return;
    const { scheduler } = this.#options;
    // The upper end of the jitter, so that a poll that is planned already stays where it is.
    await scheduler.schedule(
      spec.provider,
      spec.id,
      this.#nextAt(spec, latest, () => 1),
    );
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#cancelReconcile.values()) cancel();
  }

  async #poll(id: string): Promise<NextPoll> {
    const { store, kinds, clock, logger } = this.#options;
    const found = await store.begin(id);
    if (!found || found.latest?.terminal) return 'done';
    const { spec, fence, latest } = found;
    const bound = kinds.get(spec.kind);
    if (!bound) {
      logger.error({ watch: id, kind: spec.kind }, 'a watch is of a kind that this process does not know');
      return { nextAt: clock.now() + MAX_BACKOFF_MS };
    }
    const isLast = spec.deadlineAt !== undefined && clock.now() >= spec.deadlineAt;
    if (spec.onlyWhileSubscribed && !isLast && (await store.interestUntil(id)) <= clock.now())
      return spec.deadlineAt === undefined ? 'done' : { nextAt: spec.deadlineAt };
    const opened = { id, fence, spec, latest, isLast };
    try {
      const next = await this.#observed(opened, bound, await bound.read(spec.key));
      this.#failures.succeeded(id);
      return next;
    } catch (error) {
      return this.#failed(opened, bound, error);
    }
  }

  async #observed(opened: Opened, { kind }: BoundKind, reading: Reading<Json>): Promise<NextPoll> {
    const now = this.#options.clock.now();
    return this.#commit(opened, (latest) => {
      if ('end' in reading) return endEvent(kind, latest, reading.end, now);
      const observed = observedEvent(kind, latest, reading.state, 'POLL', now);
      return opened.isLast && !observed.terminal
        ? deadlineEvent(kind, latest, observed.state, now)
        : observed;
    });
  }

  async #failed(opened: Opened, { kind }: BoundKind, error: unknown): Promise<NextPoll> {
    const { clock, random } = this.#options;
    const failures = this.#failures.failed(opened.id);
    const retryAfterMs = error instanceof ProviderError ? error.retryAfterMs : undefined;
    const retryInMs = backoffMs(failures, retryAfterMs, random);
    this.#logFailure(opened.spec, error, failures);
    if (opened.isLast)
      return this.#commit(opened, (latest) => deadlineEvent(kind, latest, latest?.state, clock.now()));
    return { nextAt: nextPollAt(opened.spec, clock.now(), retryInMs) };
  }

  async #commit(
    opened: Opened,
    compute: (latest: WatchEvent | undefined) => Omit<WatchEvent, 'sequence'>,
  ): Promise<NextPoll> {
    const { store, clock, random } = this.#options;
    const { outcome, event } = await commitEvent(store, opened, compute);
    if (outcome === 'ENDED' || outcome === 'UNKNOWN') return 'done';
    if (outcome === 'STALE') return { nextAt: nextPollAt(opened.spec, clock.now(), STALE_RETRY_MS) };
    return event.terminal ? 'done' : { nextAt: this.#nextAt(opened.spec, event, random) };
  }

  /** Now, when nothing is known yet. */
  #nextAt(spec: WatchSpec, latest: Pick<WatchEvent, 'state'> | undefined, random: () => number): number {
    const { kinds, clock } = this.#options;
    const now = clock.now();
    if (!latest) return now;
    const delayMs = kinds.require(spec.kind).kind.pollDelayMs(latest.state, now - spec.createdAt);
    return nextPollAt(spec, now, jitter(delayMs, random));
  }

  #logFailure(spec: WatchSpec, error: unknown, attempt: number): void {
    const facts = { watch: spec.id, kind: spec.kind, provider: spec.provider, attempt };
    const { logger } = this.#options;
    if (error instanceof ProviderError)
      logger.warn({ ...facts, code: error.code, providerCode: error.providerCode }, 'a poll failed');
    else logger.error({ ...facts, err: error }, 'a poll failed unexpectedly');
  }

  async #reconcile(provider: string): Promise<void> {
    const { logger, clock, reconcileEveryMs, takeTurn } = this.#options;
    try {
      if (!takeTurn || (await takeTurn(`reconcile.${provider}`, RECONCILE_TURN_MS)))
        await this.#scheduleActive(provider);
    } catch (error) {
      logger.error(
        { provider, err: error },
        'the search for watches without a next poll failed; it is repeated',
      );
    }
    if (this.#closed) return;
    const cancel = clock.schedule(reconcileEveryMs, () => void this.#reconcile(provider));
    this.#cancelReconcile.set(provider, cancel);
  }

  async #scheduleActive(provider: string): Promise<void> {
    const { store, kinds } = this.#options;
    for await (const spec of store.active(provider)) {
      if (this.#closed) return;
      if (kinds.get(spec.kind)) await this.ensureScheduled(spec, (await store.read(spec.id))?.latest);
    }
  }
}
