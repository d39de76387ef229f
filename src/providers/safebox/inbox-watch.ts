import type { Reading, WatchKind } from '../../live/watch-kind.js';
import type { SessionKey } from '../kit/with-session.js';
import { isEnterprise } from './access.js';
import { summaryChanges } from './changes.js';
import type { BoxChange, Watched } from './changes.js';
import type { Inbox } from './inbox.js';
import type { LiveReader } from './live-reader.js';

/** How many SafeBoxes the inbox follows: those of the latest activity whose content is not deleted. */
export const INBOX_SIZE = 1_000;

/** What the inbox of an account looks like to those who watch it. */
export type InboxState = {
  readonly boxes: { readonly [id: string]: Watched };
};

/** The list of one credential (dossier 5.3); it goes on until the credential ends. */
export function inboxWatch(pollIntervalMs: number): WatchKind<SessionKey, InboxState, LiveReader> {
  return {
    name: 'safebox.inbox',
    provider: 'safebox',
    sharedAs: ({ session }) => (isEnterprise(session) ? session : undefined),
    read: (reader, keys) =>
      Promise.all(
        keys.map(async (key): Promise<Reading<InboxState>> => {
          const answer = await reader.inbox(key);
          return 'inbox' in answer ? { state: toInboxState(answer.inbox) } : answer;
        }),
      ),
    merge: (_previous, observed) => observed,
    isTerminal: () => false,
    pollDelayMs: () => pollIntervalMs,
    describe: (previous, next) => (previous ? inboxChanges(previous, next) : []),
  };
}

export function toInboxState(inbox: Inbox): InboxState {
  const shown = [...inbox.values()].filter(({ status }) => status !== 'content_deleted').slice(0, INBOX_SIZE);
  return {
    boxes: Object.fromEntries(
      shown.map(
        ({ id, status, expiration, unreadCount, latestActivity, doubleEncryptionStatus, hasAuditRecord }) => [
          id,
          { status, expiration, unreadCount, latestActivity, doubleEncryptionStatus, hasAuditRecord },
        ],
      ),
    ),
  };
}

function inboxChanges(before: InboxState, after: InboxState): BoxChange[] {
  const removed = Object.keys(before.boxes).filter((id) => !Object.hasOwn(after.boxes, id));
  return [
    ...Object.entries(after.boxes).flatMap(([id, box]): BoxChange[] => {
      const known = before.boxes[id];
      return known
        ? summaryChanges(id, known, box)
        : [{ kind: 'ADDED', boxId: id, from: null, to: box.status }];
    }),
    ...removed.map((id): BoxChange => ({
      kind: 'REMOVED',
      boxId: id,
      from: before.boxes[id]?.status ?? null,
      to: null,
    })),
  ];
}
