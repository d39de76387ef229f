import type { Owner } from '../owner.js';

/** JSON that a state is made of: it is stored, compared and sent as text. Never holds a secret. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What made a state known: a command's own answer, a poll, or a deadline passing by the clock of the store. */
export type ChangeSource = 'COMMAND' | 'POLL' | 'DEADLINE';

/** Why the last event of a watch is the last one. All are for good but NOT_FOUND: what is seen again goes on. */
export type EndReason = 'FINISHED' | 'DEADLINE' | 'CREDENTIAL_EXPIRED' | 'NOT_FOUND';

/** One thing at one provider whose status changes. */
export interface WatchSpec {
  /** `watchId()` of kind, owner, key and account. Safe in Redis keys, BullMQ job ids and channel names. */
  readonly id: string;
  /** Name of its `WatchKind`, for example `messaging2fa.message`. */
  readonly kind: string;
  readonly provider: string;
  readonly owner: Owner;
  /** What the provider knows it by. */
  readonly key: Json;
  /** The tenant whose account it is at; left out: everybody's. It is never looked for at another. */
  readonly account?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /**
   * Milliseconds since the epoch: a last poll happens exactly then; when the provider answers it, and not with something
   * final, the watch ends with source DEADLINE.
   */
  readonly deadlineAt?: number;
  /** Poll only while somebody is subscribed. */
  readonly onlyWhileSubscribed?: boolean;
  /** The step that it was made in, as `spanHere()`. */
  readonly trace?: string;
}

/** One step in the life of a watch, as kept in its log and handed to every reader. */
export interface WatchEvent<State extends Json = Json, Change extends Json = Json> {
  /** 1, 2, 3... without a gap, per watch. */
  readonly sequence: number;
  /** Milliseconds since the epoch. */
  readonly observedAt: number;
  readonly source: ChangeSource;
  /** No event follows this one. */
  readonly terminal: boolean;
  readonly endReason?: EndReason;
  /** What changed since the event before, in the words of the kind. */
  readonly changes: readonly Change[];
  readonly state: State;
  /** The step that made it known, as `spanHere()`. */
  readonly trace?: string;
}

/** What is known of a watch by its latest event, whatever that has changed. */
export type Known<State extends Json = Json> = Omit<WatchEvent<State>, 'changes'>;

export interface Commit {
  readonly id: string;
  /**
   * From `begin`: a commit with a lower fence than one already committed is STALE, unless its event is FINISHED: what any
   * read has seen to be final is so.
   */
  readonly fence: number;
  /** Sequence of the event this one was computed from (0: none). Another one in between makes it a CONFLICT. */
  readonly expectedSequence: number;
  /** That event, as it was handed out. */
  readonly latest?: WatchEvent | undefined;
  readonly event: Omit<WatchEvent, 'sequence'>;
  /**
   * For an end NOT_FOUND: written only once such commits, and no others, have come for so many milliseconds; until then
   * the outcome is MISSING. Default 0.
   */
  readonly patienceMs?: number;
}

export type CommitOutcome =
  | { readonly outcome: 'NEW'; readonly sequence: number }
  /** Nothing changed: no event was written. */
  | { readonly outcome: 'SAME' }
  /** Not found, but not for long enough to end. */
  | { readonly outcome: 'MISSING' }
  /** A later-begun reader or command has committed already. */
  | { readonly outcome: 'STALE' }
  /** The watch moved on since `expectedSequence`: read again and compute again (without asking the provider again). */
  | { readonly outcome: 'CONFLICT' }
  /** The watch has ended, and this may not follow. */
  | { readonly outcome: 'ENDED' }
  | { readonly outcome: 'UNKNOWN' };

export interface WatchHistory {
  readonly spec: WatchSpec;
  readonly latest?: WatchEvent;
  /** Events after the asked sequence, oldest first; empty when none was asked for. */
  readonly since: readonly WatchEvent[];
  /** The log no longer reaches back to the asked sequence: `since` is empty, continue from `latest`. */
  readonly truncated: boolean;
}

/** A read or command that was begun. */
export interface Begun {
  readonly fence: number;
  readonly spec: WatchSpec;
  readonly latest?: WatchEvent;
}

/** Truth about watches. Every adapter commits atomically: state, log entry and wake-up, or nothing. */
export interface WatchStore {
  /** Creates the watch, with its first event when its state is known already. An existing one is left as it is. */
  ensure(spec: WatchSpec, first?: Omit<WatchEvent, 'sequence'>): Promise<'created' | 'existing'>;
  /** Opens what may go on beside others: hands out the next fence. Undefined for an unknown watch. */
  begin(id: string): Promise<Begun | undefined>;
  /**
   * Opens one of what must not overlap: its turn lasts until it commits (with whatever outcome but CONFLICT), ends it, or
   * has not kept it for `forMs`. While another has the turn, answers for how long it has it if it does not keep it.
   */
  beginTurn(id: string, forMs: number): Promise<Begun | { readonly heldForMs: number } | undefined>;
  /** Makes the turn of this fence, if it still is its, last `forMs` from now. */
  keepTurn(id: string, fence: number, forMs: number): Promise<void>;
  endTurn(id: string, fence: number): Promise<void>;
  commit(commit: Commit): Promise<CommitOutcome>;
  read(id: string, afterSequence?: number): Promise<WatchHistory | undefined>;
  /** What is known in the order of `ids`, asked for all at once; undefined where nothing is. */
  readMany(ids: readonly string[]): Promise<(Known | undefined)[]>;
  /** Every watch that has not ended, for the reconciler. */
  active(provider: string): AsyncIterable<WatchSpec>;
  /** The watches of one owner, named by its `ownerKey()`, that have not ended. Costs as much as there are of them. */
  activeOf(provider: string, owner: string): AsyncIterable<WatchSpec>;
  /** How many watches have not ended, and at times some that just have. Costs the same however many there are. */
  activeCount(provider: string): Promise<number>;
  /** Somebody is subscribed until `untilMs` (epoch); kept as a maximum. */
  keepInterest(id: string, untilMs: number): Promise<void>;
  /** Milliseconds since the epoch until which somebody is known to be subscribed; 0 if never. */
  interestUntil(id: string): Promise<number>;
  close(): Promise<void>;
}

/** What is kept of a read. */
export interface KeptReading {
  readonly text: string;
  /** Milliseconds since the epoch: from then on it is read again. */
  readonly dueAt: number;
}

/** What was read last of the things that several owners watch, and whose turn it is to read them. */
export interface ReadingStore {
  /**
   * What was read last, until another read is due; then the turn to read, which ends with `put` or `endTurn`, or when it
   * was not kept for `forMs`. While another has the turn, answers for how long it has it if it does not keep it.
   * @param fresh take the turn, whatever was read before
   */
  take(
    name: string,
    forMs: number,
    fresh: boolean,
  ): Promise<KeptReading | { readonly fence: number } | { readonly heldForMs: number }>;
  /** Makes the turn of this fence, if it still is its, last `forMs` from now. */
  keepTurn(name: string, fence: number, forMs: number): Promise<void>;
  endTurn(name: string, fence: number): Promise<void>;
  /** Keeps what was read in the turn of this fence, if it still is its, and ends the turn. */
  put(name: string, fence: number, reading: KeptReading): Promise<void>;
  /** What was read, or began to be read, before this is not answered any more. */
  forget(name: string): Promise<void>;
}

/** What a poll asks for: its next time (epoch ms), or nothing more. */
export type NextPoll = { readonly nextAt: number } | 'done';

/** Calls `poll` for each watch when it is due: at most one at a time per watch, again after a crash. */
export interface WatchScheduler {
  /** Adds a watch, or moves the next poll of a known one to `dueAt` if that is earlier. */
  schedule(provider: string, id: string, dueAt: number): Promise<void>;
  cancel(provider: string, id: string): Promise<void>;
  /** Starts calling `poll` for the watches of a provider; stops with `close`. */
  process(provider: string, poll: (id: string) => Promise<NextPoll>): Promise<void>;
  close(): Promise<void>;
}

/** Wake-ups only: the log of the store is the truth, so a lost or doubled wake-up is harmless. */
export interface EventBus {
  /** Resolves once wake-ups for `id` are certain to arrive; the returned function ends them. */
  listen(id: string, wake: () => void): Promise<() => Promise<void>>;
  /** Calls back after a lost connection is back, or what was stored is gone: wake-ups may have been missed. */
  onReconnect(callback: () => void): () => void;
  close(): Promise<void>;
}
