import type { Clock } from '../clock.js';
import { happenings } from '../happenings.js';
import type { Logger } from '../log.js';
import { ProviderError, type ProblemCode } from '../provider-error.js';
import { span, type SpanStart } from '../spans.js';
import { commitEvent } from './commit-event.js';
import { FailureCounts } from './failure-counts.js';
import type { BoundKind, KindRegistry } from './kind-registry.js';
import { endEvent } from './next-event.js';
import { Outages } from './outages.js';
import { PollTroubles } from './poll-troubles.js';
import {
  backoffMs,
  jitter,
  MAX_BACKOFF_MS,
  MAX_OUTAGE_BACKOFF_MS,
  nextPollAt,
  retryAt,
} from './poll-timing.js';
import type { NextPoll, WatchEvent, WatchScheduler, WatchSpec, WatchStore } from './ports.js';
import { PutOff } from './shared-reads.js';
import { Turn, type Turns } from './turns.js';
import type { ReadAndCommitted, WatchReader } from './watch-reader.js';

/** Asks to be the one process that does `what` for all, for the next `forMs`. */
export type TakeTurn = (what: string, forMs: number) => Promise<boolean>;

export interface PollerOptions {
  readonly store: WatchStore;
  readonly scheduler: WatchScheduler;
  readonly kinds: KindRegistry;
  readonly turns: Turns;
  readonly reader: WatchReader;
  readonly clock: Clock;
  /** A number from 0 up to 1, as Math.random. */
  readonly random: () => number;
  readonly logger: Logger;
  /** Milliseconds between two searches for active watches without a next poll. Default five minutes. */
  readonly reconcileEveryMs: number;
  /** Lets one process at a time make that search. Undefined: this is the only one. */
  readonly takeTurn?: TakeTurn;
}

// After what another reader or command has overtaken, or holds up.
const OVERTAKEN_RETRY_MS = 1_000;
// The provider, not the watch, is the trouble.
const OUTAGE: ReadonlySet<ProblemCode> = new Set([
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_UNTRUSTED',
  'PROVIDER_TIMEOUT',
]);
const LEAST_SPREAD_MS = 1_000;
const SPREAD_MS_EACH = 5;
// As long a poll belongs to the trace of the request that made the watch; later ones only name it.
const TRACED_TOGETHER_MS = 10 * 60_000;
// Long enough that processes started together do not all search; two that overlap do no harm.
const RECONCILE_TURN_MS = 10_000;

/** Reads what is due at the providers, and commits what has changed. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #failures = new FailureCounts();
  readonly #outages = new Outages();
  readonly #cancelReconcile = new Map<string, () => void>();
  readonly #troubles: PollTroubles;
  #closed = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#troubles = new PollTroubles(options);
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
    const delayMs = this.#delayMs(spec, latest, () => 1);
    await scheduler.schedule(spec.provider, spec.id, nextPollAt(spec, this.#options.clock.now(), delayMs));
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#cancelReconcile.values()) cancel();
  }

  async #poll(id: string): Promise<NextPoll> {
    const turn = await this.#options.turns.tryTake(id);
    if (turn === undefined) return 'done';
    if (!(turn instanceof Turn))
      return { nextAt: this.#options.clock.now() + Math.min(turn.heldForMs, OVERTAKEN_RETRY_MS) };
    try {
      return await this.#pollInTurn(turn);
    } finally {
      await turn.giveBack();
    }
  }

  async #pollInTurn(turn: Turn): Promise<NextPoll> {
    const { store, kinds, clock, reader } = this.#options;
    const { spec, latest } = turn;
    if (latest?.terminal) return 'done';
    const bound = kinds.get(spec);
    if (!bound) {
      this.#troubles.unknownKind.failed({ watch: spec.id, kind: spec.kind });
      return { nextAt: clock.now() + MAX_BACKOFF_MS };
    }
    const isOpen = spec.deadlineAt === undefined || clock.now() < spec.deadlineAt;
    if (spec.onlyWhileSubscribed && isOpen && (await store.interestUntil(spec.id)) <= clock.now())
      return spec.deadlineAt === undefined ? 'done' : { nextAt: spec.deadlineAt };
    if (bound.account !== spec.account) return this.#leave(turn, bound);
    try {
      const committed = await span(this.#step(spec), () => reader.read(turn, bound, false));
      happenings.reading.tell({ kind: spec.kind, outcome: committed.outcome });
      this.#failures.succeeded(spec.id);
      this.#troubles.answered(spec.provider);
      this.#hasten(spec.provider, this.#outages.answered(spec.provider, spec.id));
      return this.#after(spec, latest, committed);
    } catch (error) {
      if (error instanceof PutOff) return { nextAt: retryAt(spec, clock.now(), error.until - clock.now()) };
      return this.#failed(spec, error);
    }
  }

  /** Of what is at an account that is not its owner's as this process knows it: it is never looked for at another. */
  async #leave(turn: Turn, { kind }: BoundKind): Promise<NextPoll> {
    const { store, clock } = this.#options;
    const { spec, latest } = turn;
    const now = clock.now();
    if (spec.deadlineAt === undefined || now < spec.deadlineAt)
      return { nextAt: retryAt(spec, now, MAX_BACKOFF_MS) };
    const committed = await commitEvent(store, turn, (known) =>
      endEvent(kind, known, 'CREDENTIAL_EXPIRED', 'POLL', now),
    );
    return this.#after(spec, latest, committed);
  }

  #step({ kind, id, trace, createdAt }: WatchSpec): SpanStart {
    const step = { name: `poll ${kind}`, kind: 'consumer', facts: { watch: id } } as const;
    if (trace === undefined) return step;
    const isYoung = this.#options.clock.now() < createdAt + TRACED_TOGETHER_MS;
    return isYoung ? { ...step, under: trace } : { ...step, after: trace };
  }

  #failed(spec: WatchSpec, error: unknown): NextPoll {
    const { clock, random } = this.#options;
    const failures = this.#failures.failed(spec.id);
    const { code, retryAfterMs } = error instanceof ProviderError ? error : {};
    happenings.reading.tell({ kind: spec.kind, outcome: code ?? 'INTERNAL' });
    const isOutage = code !== undefined && OUTAGE.has(code);
    if (isOutage) this.#outages.failed(spec.provider, spec.id);
    this.#logFailure(spec, error, failures);
    const longestMs = isOutage ? MAX_OUTAGE_BACKOFF_MS : MAX_BACKOFF_MS;
    return { nextAt: retryAt(spec, clock.now(), backoffMs(failures, longestMs, retryAfterMs, random)) };
  }

  /** Polls soon, spread, what has waited for a provider to come back. */
  #hasten(provider: string, ids: readonly string[]): void {
    const { scheduler, clock, random } = this.#options;
    const spreadMs = Math.max(LEAST_SPREAD_MS, ids.length * SPREAD_MS_EACH);
    for (const id of ids) {
      this.#failures.succeeded(id);
      scheduler
        .schedule(provider, id, clock.now() + random() * spreadMs)
        .catch((error: unknown) => this.#troubles.hastening.failed({ watch: id, err: error }));
    }
  }

  #after(
    spec: WatchSpec,
    before: WatchEvent | undefined,
    { outcome, event, dueAt }: ReadAndCommitted,
  ): NextPoll {
    const { clock, random } = this.#options;
    if (outcome === 'ENDED' || outcome === 'UNKNOWN') return 'done';
    if (outcome === 'STALE') return { nextAt: retryAt(spec, clock.now(), OVERTAKEN_RETRY_MS) };
    const delayMs = (known: Pick<WatchEvent, 'state'> | undefined): number =>
      dueAt === undefined ? this.#delayMs(spec, known, random) : dueAt - clock.now();
    if (outcome === 'MISSING') return { nextAt: retryAt(spec, clock.now(), delayMs(before)) };
    return event.terminal ? 'done' : { nextAt: nextPollAt(spec, clock.now(), delayMs(event)) };
  }

  /** None, when nothing is known yet. */
  #delayMs(spec: WatchSpec, latest: Pick<WatchEvent, 'state'> | undefined, random: () => number): number {
    if (!latest) return 0;
    const { kinds, clock } = this.#options;
    return jitter(kinds.require(spec).kind.pollDelayMs(latest.state, clock.now() - spec.createdAt), random);
  }

  /**
   * What all watches of a provider suffer from is told as one trouble. Of many failures of one watch in a row ever fewer
   * are told: the 1st, 2nd, 4th, 8th...
   */
  #logFailure(spec: WatchSpec, error: unknown, attempt: number): void {
    const facts = { watch: spec.id, kind: spec.kind, provider: spec.provider, attempt };
    const { logger } = this.#options;
    if (!(error instanceof ProviderError))
      return this.#troubles.of(spec.provider).unexpected.failed({ ...facts, err: error });
    const { code, providerCode } = error;
    if (OUTAGE.has(code)) return this.#troubles.of(spec.provider).outage.failed({ ...facts, code });
    if (code === 'STORE_UNAVAILABLE')
      return this.#troubles.of(spec.provider).unexpected.failed({ ...facts, code, err: error });
    if (Number.isInteger(Math.log2(attempt))) logger.warn({ ...facts, code, providerCode }, 'a poll failed');
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
      if (kinds.get(spec)) await this.ensureScheduled(spec, (await store.read(spec.id))?.latest);
    }
  }
}
