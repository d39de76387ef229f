import type { WatchKind } from '../../live/watch-kind.js';
import type { SessionKey } from '../kit/with-session.js';
import { isEnterprise } from './access.js';
import type { BoxState } from './box-state.js';
import { boxChanges } from './changes.js';
import type { LiveReader } from './live-reader.js';

/** One SafeBox as one credential sees it. */
export type BoxKey = SessionKey & { readonly box: string };

/** Wire word after which nothing changes any more (dossier 5.1). */
const FINAL_STATUS = 'content_deleted';

/**
 * One SafeBox (dossier 5.3). Most polls cost no call: the list of the account is shared by all its watches.
 * @param pollIntervalMs how often the list is read at the most
 */
export function boxWatch(pollIntervalMs: number): WatchKind<BoxKey, BoxState, LiveReader> {
  return {
    name: 'safebox.box',
    provider: 'safebox',
    sharedAs: ({ session, box }) => (isEnterprise(session) ? [session, box] : undefined),
    read: (reader, keys) => Promise.all(keys.map((key) => reader.box(key, key.box))),
    merge: (previous, observed) => (previous && isFinal(previous) ? previous : observed),
    isTerminal: isFinal,
    pollDelayMs: () => pollIntervalMs / 2,
    describe: (previous, next) => (previous ? boxChanges(previous, next) : []),
  };
}

function isFinal({ summary }: BoxState): boolean {
  return summary.status === FINAL_STATUS;
}
