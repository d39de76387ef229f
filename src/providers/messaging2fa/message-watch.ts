import { ProviderError } from '../../provider-error.js';
import type { WatchKind } from '../../live/watch-kind.js';
import type { Messaging2faClient } from './client.js';
import type { MessageSession } from './message.js';
import { isFinalStatus } from './status.js';

/** What a message looks like to those who watch it. A type, not an interface, so that it counts as JSON. */
export type MessageState = {
  readonly recipients: readonly RecipientState[];
};

export type RecipientState = {
  readonly userId: string;
  /** As on the wire, known or not. */
  readonly status: string;
  readonly isFinal: boolean;
};

export type RecipientChange = {
  readonly userId: string;
  readonly from: string | null;
  readonly to: string;
};

/** How long after its expiry a fetched message may still be answered (dossier section 5 and doubt D3), milliseconds. */
export const GRACE_MS = 60_000;

export function toMessageState(session: MessageSession, now: number): MessageState {
  const expired = now >= session.expiresAt;
  return {
    recipients: session.recipients.map(({ userId, status }) => ({
      userId,
      status,
      isFinal: isFinalStatus(status, expired),
    })),
  };
}

export function isFinished(state: MessageState): boolean {
  return state.recipients.every((recipient) => recipient.isFinal);
}

/** One 2FA message, by its id at the provider (dossier section 5). */
export const messageWatch: WatchKind<string, MessageState, Messaging2faClient> = {
  name: 'messaging2fa.message',
  provider: 'messaging2fa',

  async read(client, keys) {
    const [messageId] = keys;
    if (messageId === undefined) return [];
    try {
      const session = await client.track(messageId);
      return [{ state: toMessageState(session, client.now()) }];
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'NOT_FOUND') return [{ end: 'NOT_FOUND' }];
      throw error;
    }
  },

  merge(previous, observed) {
    if (!previous) return observed;
    const known = new Map(previous.recipients.map((recipient) => [recipient.userId, recipient]));
    return {
      recipients: observed.recipients.map((next) => {
        const before = known.get(next.userId);
        return before && isBackward(before, next) ? before : next;
      }),
    };
  },

  isTerminal: isFinished,

  pollDelayMs(_state, ageMs) {
    if (ageMs < 30_000) return 1_000;
    return Math.min(5_000, Math.max(2_000, ageMs / 60));
  },

  describe(previous, next) {
    const before = new Map(previous?.recipients.map(({ userId, status }) => [userId, status]));
    return next.recipients
      .filter(({ userId, status }) => before.get(userId) !== status)
      .map(({ userId, status }): RecipientChange => ({
        userId,
        from: before.get(userId) ?? null,
        to: status,
      }));
  },
};

// The order in which an open recipient can move (dossier section 5).
const PROGRESS = ['PENDING', 'NOT_NOTIFIED', 'NOTIFIED', 'DOWNLOADED'];

/** A final status stands for good, and an open one never goes back. */
function isBackward(before: RecipientState, next: RecipientState): boolean {
  if (before.isFinal) return before.status !== 'NOT_NOTIFIED' || !next.isFinal;
  const step = PROGRESS.indexOf(next.status);
  return step >= 0 && step < PROGRESS.indexOf(before.status);
}
