import { ProviderError, tellOddity } from '../../provider-error.js';
import type { WatchKind } from '../../live/watch-kind.js';
import type { Messaging2faClient } from './client.js';
import type { MessageSession, MessageType } from './message.js';
import { outcomeOf } from './outcome.js';
import type { ApprovalRule, Outcome, RecipientState } from './outcome.js';
import { nameKey } from '../../same-name.js';
import { isFinalStatus } from './status.js';

/** What a message is known by, and of whom and what it asks. A type, not an interface, so that it counts as JSON. */
export type MessageKey = {
  readonly messageId: string;
  readonly recipients: readonly string[];
  readonly type: MessageType;
};

/** What a message looks like to those who watch it. */
export type MessageState = {
  readonly type: MessageType;
  /** Everybody who was asked, and nobody else, in the order of asking. */
  readonly recipients: readonly RecipientState[];
  /** What it has come to; PENDING is decided once. */
  readonly outcomes: Readonly<Record<ApprovalRule, Outcome>>;
};

export type RecipientChange = {
  readonly userId: string;
  readonly from: string | null;
  readonly to: string;
};

/** How long after its expiry a fetched message may still be answered (dossier section 5 and doubt D3), milliseconds. */
export const GRACE_MS = 60_000;

/**
 * What the provider says of those who were asked. Somebody who is missing in its answer has said nothing; somebody it
 * adds was not asked, and counts for nothing.
 */
export function toMessageState(
  { recipients: asked, type }: Omit<MessageKey, 'messageId'>,
  { recipients, expiresAt }: Pick<MessageSession, 'recipients' | 'expiresAt'>,
  now: number,
): MessageState {
  const said = new Map(recipients.map(({ userId, status }) => [nameKey(userId), status]));
  if (said.size !== asked.length || asked.some((userId) => !said.has(nameKey(userId)))) {
    tellOddity('messaging2fa', 'the recipients of an answer are not those who were asked');
  }
  const states = asked.map((userId): RecipientState => {
    const status = said.get(nameKey(userId)) ?? 'PENDING';
    return { userId, status, isFinal: isFinalStatus(status, expiresAt !== null && now >= expiresAt) };
  });
  return decide(undefined, { type, recipients: states }, false);
}

/** What is decided stays so, whatever comes later. */
function decide(
  previous: MessageState | undefined,
  { type, recipients }: Pick<MessageState, 'type' | 'recipients'>,
  isEnded: boolean,
): MessageState {
  const under = (rule: ApprovalRule): Outcome => {
    const before = previous?.outcomes[rule] ?? 'PENDING';
    return before === 'PENDING' ? outcomeOf(recipients, rule, { type, isEnded }) : before;
  };
  return { type, recipients, outcomes: { ALL: under('ALL'), ANY: under('ANY') } };
}

/** One 2FA message, by its id at the provider (dossier section 5). */
export const messageWatch: WatchKind<MessageKey, MessageState, Messaging2faClient> = {
  name: 'messaging2fa.message',
  provider: 'messaging2fa',

  async read(client, keys) {
    const [key] = keys;
    if (key === undefined) return [];
    try {
      const session = await client.track(key.messageId);
      return [{ state: toMessageState(key, session, client.now()) }];
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'NOT_FOUND') return [{ end: 'NOT_FOUND' }];
      throw error;
    }
  },

  merge(previous, observed) {
    if (!previous) return observed;
    const known = new Map(previous.recipients.map((recipient) => [recipient.userId, recipient]));
    const recipients = observed.recipients.map((next) => {
      const before = known.get(next.userId);
      return before && isBackward(before, next) ? before : next;
    });
    return decide(previous, { type: observed.type, recipients }, false);
  },

  isTerminal: ({ recipients }) => recipients.every(({ isFinal }) => isFinal),

  atDeadline: (state) => decide(state, state, true),

  pollDelayMs(_state, ageMs) {
    if (ageMs < 30_000) return 1_000;
    return Math.min(5_000, Math.max(2_000, ageMs / 60));
  },

  describe(previous, next) {
    const before = new Map(previous?.recipients.map((recipient) => [recipient.userId, recipient]));
    return next.recipients
      .filter(({ userId, status, isFinal }) => {
        const known = before.get(userId);
        return known?.status !== status || known.isFinal !== isFinal;
      })
      .map(({ userId, status }): RecipientChange => ({
        userId,
        from: before.get(userId)?.status ?? null,
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
