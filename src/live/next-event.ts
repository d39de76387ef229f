import type { ChangeSource, EndReason, Json, WatchEvent } from './ports.js';
import type { WatchKind } from './watch-kind.js';

type Kind = WatchKind<Json, Json, unknown>;
type NewEvent = Omit<WatchEvent, 'sequence'>;

/**
 * The event that says `observed` was seen after `latest`; the last one when the state is final. What the kind finds
 * nothing to tell of is no news: such an event is `latest` itself, and so never published.
 */
export function observedEvent(
  kind: Kind,
  latest: WatchEvent | undefined,
  observed: Json,
  source: ChangeSource,
  observedAt: number,
): NewEvent {
  const state = kind.merge(latest?.state, observed);
  const changes = kind.describe(latest?.state, state);
  if (kind.isTerminal(state))
    return { observedAt, source, terminal: true, endReason: 'FINISHED', changes, state };
  const isNews = latest === undefined || changes.length > 0;
  return { observedAt, source, terminal: false, changes, state: isNews ? state : latest.state };
}

/** The event that ends a watch whose deadline has passed with `last` as the last that is known. */
export function deadlineEvent(
  kind: Kind,
  latest: WatchEvent | undefined,
  last: Json | undefined,
  observedAt: number,
): NewEvent {
  const state = last !== undefined && kind.atDeadline ? kind.atDeadline(last) : (last ?? null);
  return { ...endOf(kind, latest, state), observedAt, source: 'DEADLINE', endReason: 'DEADLINE' };
}

/** The event that ends a watch because the provider has nothing more to say about it; `last` is what it says then. */
export function endEvent(
  kind: Kind,
  latest: WatchEvent | undefined,
  endReason: EndReason,
  source: ChangeSource,
  observedAt: number,
  last?: Json,
): NewEvent {
  const state = last === undefined ? (latest?.state ?? null) : kind.merge(latest?.state, last);
  return { ...endOf(kind, latest, state), observedAt, source, endReason };
}

// The state is null only when the watch ends before anything was known of it; then there is nothing to describe.
function endOf(
  kind: Kind,
  latest: WatchEvent | undefined,
  state: Json,
): { terminal: true; changes: readonly Json[]; state: Json } {
  return { terminal: true, changes: state === null ? [] : kind.describe(latest?.state, state), state };
}
