import type { EndReason, Json } from './ports.js';

/** What one read said of one key. */
export type Reading<State> =
  | { readonly state: State }
  /**
   * The provider says that there is nothing more to see: ends the watch with this reason, NOT_FOUND only when it is said
   * again and again. `last` is what it says then. Default: what was seen last.
   */
  | { readonly end: Extract<EndReason, 'CREDENTIAL_EXPIRED' | 'NOT_FOUND'>; readonly last?: State };

/**
 * How one kind of thing is watched. Data plus pure functions, kept beside the provider client;
 * only `read` talks to the provider, and never with a side effect there.
 */
export interface WatchKind<Key extends Json, State extends Json, Client> {
  /** `<provider>.<thing>`, for example `messaging2fa.message`. */
  readonly name: string;
  readonly provider: string;
  /** How many keys one upstream call can read. Default 1. */
  readonly batchSize?: number;
  /** Milliseconds a read waits for others to share its upstream call. Default: that of the engine. */
  readonly gatherMs?: number;
  /**
   * Milliseconds for which every reading must be NOT_FOUND before that ends a watch that was seen alive. 0: the first one
   * does, because the provider never errs here. Default one minute.
   */
  readonly notFoundPatienceMs?: number;
  /**
   * For what is read with the account of this installation: all that a read of this key depends on. Watches of different
   * owners for whom that is equal share each read, and nothing else. Undefined, or left out, where a read is made with
   * something of the owner's, such as a session, or where nobody but its owner can watch a thing.
   */
  sharedAs?(key: Key): Json | undefined;
  /** One reading per key, in the order of `keys`. Throws when the provider cannot be asked now: the poll is repeated later. */
  read(client: Client, keys: readonly Key[]): Promise<readonly Reading<State>[]>;
  /** Combines what was known with what was read: a final part never becomes open again. */
  merge(previous: State | undefined, observed: State): State;
  isTerminal(state: State): boolean;
  /** Milliseconds until the next poll of what is known, or was read just now. The engine adds jitter and places the last poll exactly at the deadline. */
  pollDelayMs(state: State, ageMs: number): number;
  /** What to commit when the deadline has passed and a read after it was not final. */
  atDeadline?(state: State): State;
  /**
   * What to tell a person: one entry per change. All that somebody can see of a state belongs here: what is not told of is
   * not published, except for the first and the last event.
   */
  describe(previous: State | undefined, next: State): readonly Json[];
}
