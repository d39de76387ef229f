import type { Reading, WatchKind } from '../../live/watch-kind.js';
import type { SessionKey } from '../kit/with-session.js';

/** Where a key stands (dossier 5.1). */
export const KEY_STATUSES = {
  AVAILABLE: 'It can be fetched by those who may.',
  EXPIRED: 'Its lifetime is over. Final.',
  REVOKED: 'It was revoked, or access to it was. Final.',
  CONSUMED: 'It was to be deleted on receipt, and has been read. Final.',
} as const;
export type KeyStatus = keyof typeof KEY_STATUSES;

/** One key as one session sees it. */
export type KeyKey = SessionKey & {
  readonly locator: string;
  /** When its creator, who is the owner of the session, made it; milliseconds since the epoch. Null for keys of others. */
  readonly createdAt: number | null;
  /** Known to be deleted on receipt. */
  readonly isOneTime: boolean;
  /** How many watches of it have ended in this session because access was taken back, which can be given again. */
  readonly round: number;
};

/** What of a key is watched. A type, not an interface, so that it counts as JSON. Holds nobody's address. */
export type KeyState = {
  readonly status: KeyStatus;
  /** Milliseconds since the epoch; null when the provider has not said. */
  readonly expiresAt: number | null;
  /** How often people were granted or denied access through this graph since the watch began. */
  readonly accessChanges: number;
};

export const KEY_CHANGES = {
  STATUS: 'Where it stands.',
  EXPIRY: 'When it ends has become known.',
  ACCESS: 'Who may read it: somebody was granted or denied access through this graph.',
} as const;

export type KeyChange = {
  readonly kind: keyof typeof KEY_CHANGES;
  readonly from: KeyStatus | null;
  readonly to: KeyStatus;
};

/** Reads keys for those who watch; never fetches one. */
export interface KeyReader {
  key(key: KeyKey): Promise<Reading<KeyState>>;
}

/**
 * One key (dossier 5.2). It is never fetched to learn where it stands: that would show in the event log, and use up
 * a key that is deleted on receipt.
 */
export function keyWatch(pollIntervalMs: number): WatchKind<KeyKey, KeyState, KeyReader> {
  return {
    name: 'xqkeys.key',
    provider: 'xqkeys',
    read: (reader, keys) => Promise.all(keys.map((key) => reader.key(key))),
    merge(previous, observed) {
      if (!previous) return observed;
      if (isFinal(previous)) return previous;
      return {
        status: observed.status,
        // The provider counts in whole seconds, so every reading says something slightly different.
        expiresAt: previous.expiresAt ?? observed.expiresAt,
        accessChanges: Math.max(previous.accessChanges, observed.accessChanges),
      };
    },
    isTerminal: isFinal,
    pollDelayMs: () => pollIntervalMs,
    atDeadline: (state) => (isFinal(state) ? state : { ...state, status: 'EXPIRED' }),
    describe(previous, next): readonly KeyChange[] {
      const change = { from: previous?.status ?? null, to: next.status };
      return [
        ...(change.from === change.to ? [] : [{ kind: 'STATUS', ...change } as const]),
        ...(previous && previous.expiresAt !== next.expiresAt
          ? [{ kind: 'EXPIRY', ...change } as const]
          : []),
        ...(previous && previous.accessChanges < next.accessChanges
          ? [{ kind: 'ACCESS', ...change } as const]
          : []),
      ];
    },
  };
}

function isFinal({ status }: KeyState): boolean {
  return status !== 'AVAILABLE';
}
