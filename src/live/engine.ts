import type { Clock } from '../clock.js';
import { happenings } from '../happenings.js';
import type { Logger } from '../log.js';
import type { Owner } from '../owner.js';
import { spanHere } from '../spans.js';
import { commitEvent, tellEnd } from './commit-event.js';
import { decodeCursor } from './cursor.js';
import type { HubEvent } from './event-reader.js';
import { MemoryReadings } from './embedded/memory-readings.js';
import { Hub } from './hub.js';
import { KindRegistry } from './kind-registry.js';
import { endEvent, observedEvent } from './next-event.js';
import { Poller, type TakeTurn } from './poller.js';
import type {
  Begun,
  ChangeSource,
  EndReason,
  EventBus,
  Json,
  Known,
  ReadingStore,
  WatchEvent,
  WatchScheduler,
  WatchSpec,
  WatchStore,
} from './ports.js';
import { SharedReads } from './shared-reads.js';
import { Turns } from './turns.js';
import { readingName, watchId } from './watch-id.js';
import type { WatchKind } from './watch-kind.js';
import { WatchReader } from './watch-reader.js';

export interface LiveOptions {
  readonly store: WatchStore;
  readonly scheduler: WatchScheduler;
  readonly bus: EventBus;
  /** Where processes share what they read. Default: this is the only one. */
  readonly readings?: ReadingStore;
  readonly clock: Clock;
  /** A number from 0 up to 1. Default Math.random. */
  readonly random?: () => number;
  readonly logger: Logger;
  /** Milliseconds between two reads of the log of a subscribed watch that nothing has asked for. Default 20,000. */
  readonly refreshEveryMs?: number;
  /** How many events wait for a slow subscriber. Default 64. */
  readonly bufferSize?: number;
  /** Milliseconds a read waits for others to share its upstream call. Default 10. */
  readonly gatherMs?: number;
  /** Milliseconds between two searches for active watches without a next poll. Default five minutes. */
  readonly reconcileEveryMs?: number;
  /** Lets one process at a time make that search. Default: each makes its own. */
  readonly takeTurn?: TakeTurn;
}

export interface WatchRequest<Key extends Json, State extends Json> {
  readonly kind: WatchKind<Key, State, unknown>;
  readonly owner: Owner;
  readonly key: NoInfer<Key>;
  /** Milliseconds since the epoch: the watch ends then at the latest. */
  readonly deadlineAt?: number;
  /** Poll only while somebody is subscribed. */
  readonly onlyWhileSubscribed?: boolean;
  /** What is known already, for example from the command that made the thing: it becomes the first event. */
  readonly first?: { readonly state: NoInfer<State>; readonly source: ChangeSource };
}

/**
 * What changes at the providers, for everything above. Who may see a watch is decided there: `WatchSpec.owner` says
 * whose it is. `State` and `Change` are those of the kind that the watch was made with.
 */
export interface Live {
  /**
   * Makes a kind known to this process; once per kind and tenant, before it is watched or polled.
   * @param tenant whose watches are read with this client; default: those of everybody who has none of their own
   */
  register<Key extends Json, State extends Json, Client>(
    kind: WatchKind<Key, State, Client>,
    client: Client,
    tenant?: string,
  ): void;
  /** Watches a thing from now on. One that is watched already stays as it is, ended ones too. */
  watch<Key extends Json, State extends Json>(request: WatchRequest<Key, State>): Promise<WatchSpec>;
  /** The id of the watch of a thing, whether or not it is watched: at the account that its owner has now. */
  idOf<Key extends Json>(kind: WatchKind<Key, Json, never>, owner: Owner, key: NoInfer<Key>): string;
  /**
   * Runs what asks the provider, a command or a read, once and tells what it answered to everybody, without waiting for a
   * poll: alone, once no poll and nothing else that was applied is under way. Answers the state the watch is in then. On
   * a watch that has ended, or is unknown, the command runs all the same and its own answer is returned; one that ended as
   * NOT_FOUND goes on with it.
   */
  apply<State extends Json>(
    kind: WatchKind<Json, State, unknown>,
    id: string,
    command: (latest: NoInfer<State> | undefined) => Promise<NoInfer<State>>,
  ): Promise<State>;
  /** Tells everybody what is known already, without waiting for anything. Answers the state the watch is in then. */
  tell<State extends Json>(
    kind: WatchKind<Json, State, unknown>,
    id: string,
    change: (latest: NoInfer<State> | undefined) => NoInfer<State>,
  ): Promise<State>;
  /**
   * Reads a watched thing now, as a poll does, but what fails is told to the caller. Those who ask while others wait for
   * the same share their read. One that has ended for good is not read.
   * @returns the latest event then; undefined for an unknown watch
   */
  refresh<State extends Json = Json, Change extends Json = Json>(
    id: string,
  ): Promise<WatchEvent<State, Change> | undefined>;
  /**
   * Something has changed what a read of this key answers: nothing that was read before is told any more to those who did
   * not know it. What tells a watch of a change does so for its own key.
   */
  outdate<Key extends Json>(
    kind: WatchKind<Key, Json, never>,
    owner: Owner,
    key: NoInfer<Key>,
  ): Promise<void>;
  /** Ends a watch with what is known last: for when a command has made sure that there is nothing more to see. */
  end(id: string, endReason: Extract<EndReason, 'NOT_FOUND' | 'CREDENTIAL_EXPIRED'>): Promise<void>;
  /** The latest event, if there is one. */
  current<State extends Json = Json, Change extends Json = Json>(
    id: string,
  ): Promise<WatchEvent<State, Change> | undefined>;
  /** What is known by the latest events, in the order of `ids`. */
  currentMany<State extends Json = Json>(ids: readonly string[]): Promise<(Known<State> | undefined)[]>;
  /**
   * The current state at once, or everything after the cursor `after`; then every change, up to the terminal event.
   * Fails with STREAM_LOST when the store has lost the watch meanwhile.
   * @throws {ProviderError} NOT_FOUND for an unknown watch, INVALID_INPUT for a cursor that is not one of this watch.
   */
  subscribe<State extends Json = Json, Change extends Json = Json>(
    id: string,
    options?: { readonly after?: string | null | undefined },
  ): Promise<AsyncIterableIterator<HubEvent<State, Change>>>;
  /**
   * Polls the active watches of an owner, named by its `ownerKey()`, that are meant now, not at their next time: for when
   * something is known to have ended for all of them, such as a session.
   */
  hasten(provider: string, owner: string, isMeant: (spec: WatchSpec) => boolean): Promise<void>;
  /** Begins to poll the watches of these providers in this process. */
  startPolling(providers: readonly string[]): Promise<void>;
  /** What is alive in this process now. */
  counts(): { readonly subscribers: number; readonly watches: number };
  /** The same, by the name of the kind; of kinds that nobody follows, nothing. */
  countsByKind(): ReadonlyMap<string, { readonly subscribers: number; readonly watches: number }>;
  /** How many watches of each provider that can be read here have not ended, of all processes. */
  activeByProvider(): Promise<ReadonlyMap<string, number>>;
  /** Ends every subscription, and polling once the polls that run have finished. Store and bus stay open. */
  close(): Promise<void>;
}

/** Joins the ports to the engine that resolvers use. */
export function createLive(options: LiveOptions): Live {
  return new Engine(options);
}

type KnownEvent = Pick<WatchEvent, 'state' | 'terminal'>;

class Engine implements Live {
  readonly #options: LiveOptions;
  readonly #kinds: KindRegistry;
  readonly #turns: Turns;
  readonly #shared: SharedReads;
  readonly #reader: WatchReader;
  readonly #poller: Poller;
  readonly #hub: Hub;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#kinds = new KindRegistry(options.clock, options.gatherMs ?? 10);
    this.#turns = new Turns(options);
    const { clock, random = Math.random, readings = new MemoryReadings(clock) } = options;
    this.#shared = new SharedReads({ readings, clock, random });
    const parts = { ...options, random, kinds: this.#kinds, turns: this.#turns, shared: this.#shared };
    this.#reader = new WatchReader(parts);
    this.#poller = new Poller({
      ...parts,
      reader: this.#reader,
      reconcileEveryMs: options.reconcileEveryMs ?? 5 * 60_000,
    });
    this.#hub = new Hub({
      ...options,
      wakePoller: ({ provider, id }) => options.scheduler.schedule(provider, id, options.clock.now()),
    });
  }

  register<Key extends Json, State extends Json, Client>(
    kind: WatchKind<Key, State, Client>,
    client: Client,
    tenant?: string,
  ): void {
    this.#kinds.add(kind, client, tenant);
  }

  async watch<Key extends Json, State extends Json>(request: WatchRequest<Key, State>): Promise<WatchSpec> {
    const { owner, key, first, deadlineAt, onlyWhileSubscribed } = request;
    const { kind, account } = this.#kinds.require({ kind: request.kind.name, owner });
    const createdAt = this.#options.clock.now();
    const here = spanHere();
    const trace = here === undefined ? {} : { trace: here };
    const spec: WatchSpec = {
      id: watchId(kind.name, owner, key, account),
      kind: kind.name,
      provider: kind.provider,
      owner: { tenant: owner.tenant, subject: owner.subject },
      key,
      ...(account !== undefined && { account }),
      createdAt,
      ...(deadlineAt === undefined ? {} : { deadlineAt }),
      ...(onlyWhileSubscribed === undefined ? {} : { onlyWhileSubscribed }),
      ...trace,
    };
    const firstEvent = first && {
      ...observedEvent(kind, undefined, first.state, first.source, createdAt),
      ...trace,
    };
    const ensured = await this.#options.store.ensure(spec, firstEvent);
    if (ensured === 'created') {
      happenings.watch.tell({ kind: kind.name, state: 'BEGUN' });
      if (firstEvent) tellEnd(kind.name, firstEvent);
    }
    const existing = ensured === 'existing' ? await this.#options.store.read(spec.id) : undefined;
    const latest = existing ? existing.latest : firstEvent;
    await this.#schedule(existing?.spec ?? spec, latest);
    return existing?.spec ?? spec;
  }

  idOf<Key extends Json>({ name }: WatchKind<Key, Json, never>, owner: Owner, key: NoInfer<Key>): string {
    return watchId(name, owner, key, this.#kinds.get({ kind: name, owner })?.account);
  }

  async apply<State extends Json>(
    kind: WatchKind<Json, State, unknown>,
    id: string,
    command: (latest: NoInfer<State> | undefined) => Promise<NoInfer<State>>,
  ): Promise<State> {
    const turn = await this.#turns.take(id);
    try {
      // What a watch holds was written by its kind, so it is a state of its kind.
      const state = await command(turn?.latest?.state as State | undefined);
      if (!turn) return state;
      return (await this.#publish(turn, kind, state)) as State;
    } finally {
      await turn?.giveBack();
    }
  }

  async tell<State extends Json>(
    kind: WatchKind<Json, State, unknown>,
    id: string,
    change: (latest: NoInfer<State> | undefined) => NoInfer<State>,
  ): Promise<State> {
    const begun = await this.#options.store.begin(id);
    const state = change(begun?.latest?.state as State | undefined);
    return begun ? ((await this.#publish(begun, kind, state)) as State) : state;
  }

  async refresh<State extends Json, Change extends Json>(
    id: string,
  ): Promise<WatchEvent<State, Change> | undefined> {
    const refreshed = await this.#reader.refresh(id);
    if (!refreshed) return undefined;
    // One that had ended as not found may go on.
    await this.#schedule(refreshed.spec, refreshed.latest);
    return refreshed.latest as WatchEvent<State, Change> | undefined;
  }

  async outdate<Key extends Json>(
    kind: WatchKind<Key, Json, never>,
    owner: Owner,
    key: NoInfer<Key>,
  ): Promise<void> {
    const account = this.#kinds.get({ kind: kind.name, owner })?.account;
    const name = readingName(kind, account, key);
    if (name !== undefined) await this.#shared.forget(name);
  }

  async end(id: string, endReason: 'NOT_FOUND' | 'CREDENTIAL_EXPIRED'): Promise<void> {
    const { store, scheduler, clock } = this.#options;
    const begun = await store.begin(id);
    if (!begun) return;
    const { spec } = begun;
    const { kind } = this.#kinds.require(spec);
    const compute = (latest: WatchEvent | undefined) =>
      endEvent(kind, latest, endReason, 'COMMAND', clock.now());
    await this.outdate(kind, spec.owner, spec.key);
    await commitEvent(store, begun, compute);
    await scheduler.cancel(spec.provider, id);
  }

  async current<State extends Json, Change extends Json>(
    id: string,
  ): Promise<WatchEvent<State, Change> | undefined> {
    const history = await this.#options.store.read(id);
    return history?.latest as WatchEvent<State, Change> | undefined;
  }

  async currentMany<State extends Json>(ids: readonly string[]): Promise<(Known<State> | undefined)[]> {
    return (await this.#options.store.readMany(ids)) as (Known<State> | undefined)[];
  }

  async subscribe<State extends Json, Change extends Json>(
    id: string,
    { after }: { readonly after?: string | null | undefined } = {},
  ): Promise<AsyncIterableIterator<HubEvent<State, Change>>> {
    const place = typeof after === 'string' ? decodeCursor(id, after) : undefined;
    return (await this.#hub.subscribe(id, place)) as AsyncIterableIterator<HubEvent<State, Change>>;
  }

  async hasten(provider: string, owner: string, isMeant: (spec: WatchSpec) => boolean): Promise<void> {
    const { store, scheduler, clock } = this.#options;
    for await (const spec of store.activeOf(provider, owner)) {
      if (isMeant(spec)) await scheduler.schedule(provider, spec.id, clock.now());
    }
  }

  async startPolling(providers: readonly string[]): Promise<void> {
    await Promise.all(providers.map((provider) => this.#poller.start(provider)));
  }

  counts(): { readonly subscribers: number; readonly watches: number } {
    return this.#hub.counts();
  }

  countsByKind(): ReturnType<Live['countsByKind']> {
    return this.#hub.countsByKind();
  }

  async activeByProvider(): Promise<ReadonlyMap<string, number>> {
    const { store } = this.#options;
    const providers = [...this.#kinds.providers];
    const counts = await Promise.all(providers.map((provider) => store.activeCount(provider)));
    return new Map(providers.map((provider, at) => [provider, counts[at] ?? 0]));
  }

  async close(): Promise<void> {
    this.#hub.close();
    this.#poller.close();
    await this.#options.scheduler.close();
  }

  /** A watch that could not be given its first poll now is found by the next search for such watches. */
  async #schedule(spec: WatchSpec, latest: KnownEvent | undefined): Promise<void> {
    try {
      await this.#poller.ensureScheduled(spec, latest);
    } catch (error) {
      this.#options.logger.warn(
        { watch: spec.id, err: error },
        'a poll could not be scheduled; it is scheduled later',
      );
    }
  }

  /**
   * Commits what a command answered, and answers the state the watch is in then: that of the record, which everybody
   * else is told, never what was heard beside it. The command has happened: whatever fails here, it must not look as if
   * it had not.
   */
  async #publish(begun: Begun, kind: WatchKind<Json, Json, unknown>, state: Json): Promise<Json> {
    const { store, scheduler, clock, logger } = this.#options;
    const { spec } = begun;
    try {
      await this.outdate(kind, spec.owner, spec.key);
      const { outcome, event } = await commitEvent(store, begun, (latest) =>
        observedEvent(kind, latest, state, 'COMMAND', clock.now()),
      );
      if (outcome === 'UNKNOWN') return event.state;
      // What was read later has been told; what it does not know of this is read again.
      if (outcome === 'STALE') await scheduler.schedule(spec.provider, spec.id, clock.now());
      if (outcome === 'STALE' || outcome === 'ENDED')
        return (await store.read(spec.id))?.latest?.state ?? event.state;
      if (event.terminal) await scheduler.cancel(spec.provider, spec.id);
      else await this.#schedule(spec, event);
      return event.state;
    } catch (error) {
      // The next poll tells the subscribers.
      logger.error({ watch: spec.id, err: error }, 'what a command changed could not be told');
      return observedEvent(kind, begun.latest, state, 'COMMAND', clock.now()).state;
    }
  }
}
