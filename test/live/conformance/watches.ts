import type { CommitOutcome, Json, WatchEvent, WatchSpec } from '../../../src/live/ports.js';
import { watchId } from '../../../src/live/watch-id.js';
import type { AdapterUnderTest } from './adapter.js';

export const OWNER = { tenant: 'acme', subject: 'alice' };

/** A watch to put into a store. */
export function aWatch(clock: AdapterUnderTest['clock'], overrides: Partial<WatchSpec> = {}): WatchSpec {
  const key = overrides.key ?? 'thing-1';
  return {
    id: watchId('test.thing', OWNER, key),
    kind: 'test.thing',
    provider: 'test',
    owner: OWNER,
    key,
    createdAt: clock.now(),
    ...overrides,
  };
}

/** An event to commit. */
export function anEvent(
  state: Json,
  overrides: Partial<Omit<WatchEvent, 'sequence'>> = {},
): Omit<WatchEvent, 'sequence'> {
  return {
    observedAt: 1_772_359_200_000,
    source: 'POLL',
    terminal: false,
    changes: [state],
    state,
    ...overrides,
  };
}

/** Begins, and commits `state` behind whatever is the latest event. */
export async function commitNext(
  { store }: Pick<AdapterUnderTest, 'store'>,
  id: string,
  state: Json,
  overrides: Partial<Omit<WatchEvent, 'sequence'>> = {},
): Promise<CommitOutcome> {
  const opened = await store.begin(id);
  if (!opened) throw new Error('The watch is unknown.');
  return store.commit({
    id,
    fence: opened.fence,
    expectedSequence: opened.latest?.sequence ?? 0,
    latest: opened.latest,
    event: anEvent(state, overrides),
  });
}

/** The states in the log of a watch after a sequence, as `sequence:state`. */
export async function logOf({ store }: AdapterUnderTest, id: string, after = 0): Promise<string[]> {
  const history = await store.read(id, after);
  return (history?.since ?? []).map(({ sequence, state }) => `${sequence}:${JSON.stringify(state)}`);
}
