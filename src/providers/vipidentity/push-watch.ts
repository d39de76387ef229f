import type { Reading, WatchKind } from '../../live/watch-kind.js';
import { tellOddity } from '../../provider-error.js';
import { nameKey } from '../../same-name.js';
import type { VipClient } from './client.js';
import { PROVIDER } from './errors.js';
import type { PushStatus } from './model.js';
import { MAX_POLLED } from './pushes.js';
import { PUSH_STATUSES } from './statuses.js';

/** What the provider knows a push by, and whose apps it asked. A type, not an interface, so that it counts as JSON. */
export type PushKey = {
  readonly transactionId: string;
  readonly onBehalfOfAccountId: string | null;
  /** Left out where the provider has not said. */
  readonly credentialIds?: readonly string[];
};

export type PushState = Omit<PushStatus, 'transactionId'> & {
  /** Seconds between two polls, as the sender asked. */
  readonly pollSeconds: number;
  /** Our own clock says that the time for an answer is over; the provider has not said how it ended. */
  readonly isOverdue: boolean;
};

export type PushChange = { readonly from: string | null; readonly to: string };

/** Seconds between two polls where nobody asks for something else (dossier section 5.1). */
export const DEFAULT_POLL_SECONDS = 3;

/** How long after its time for an answer a push is still asked for (assumed by the dossier), milliseconds. */
export const PUSH_GRACE_MS = 30_000;

const OPEN = '7001';
const EXPIRED = '7004';
/** Told of what is unknown, long over, or told before (dossier section 5.1). */
const NOT_FOUND = '7005';

/** A push of which nothing is known but that it was sent. */
export function openPush(pollSeconds = DEFAULT_POLL_SECONDS): PushState {
  return {
    status: OPEN,
    detail: null,
    answeredAt: null,
    credentialId: null,
    credentialType: null,
    isPinExpired: null,
    pinExpiresAt: null,
    deviceInfo: [],
    pollSeconds,
    isOverdue: false,
  };
}

/** What one poll says of a push; undefined when it says nothing of it, or names an app that was not asked. */
export function toPushState(
  { credentialIds }: Pick<PushKey, 'credentialIds'>,
  polled: PushStatus | undefined,
): PushState | undefined {
  if (polled === undefined) return undefined;
  const { transactionId: _id, ...state } = polled;
  const { credentialId } = state;
  const isAsked = credentialIds?.some((id) => nameKey(id) === nameKey(credentialId ?? '')) ?? true;
  if (credentialId !== null && !isAsked) {
    tellOddity(PROVIDER, 'the answer to a push is that of a credential that was not asked');
    return undefined;
  }
  return { ...openPush(), ...state };
}

/** The provider does not know the push, or not any more: nothing that would end one that was seen. */
export function isLostPush({ status }: Pick<PushState, 'status'>): boolean {
  return status === NOT_FOUND;
}

/** Every known state is final but that of an open and of a lost one; an unknown one is not (dossier section 5.1). */
export function isFinalPush({ status, isOverdue }: Pick<PushState, 'status' | 'isOverdue'>): boolean {
  return isOverdue || (![OPEN, NOT_FOUND].includes(status) && Object.hasOwn(PUSH_STATUSES, status));
}

/** One push, until somebody answers it or its time is over. Up to 20 are asked for together. */
export const pushWatch: WatchKind<PushKey, PushState, VipClient> = {
  name: 'vipidentity.push',
  provider: PROVIDER,
  batchSize: MAX_POLLED,
  // Little beside the seconds between two polls, and enough to fill calls: polls are spread over those seconds.
  gatherMs: 250,
  read: readPushes,

  // The end of a push is told once; from then on the provider does not know it any more.
  merge(previous, observed) {
    if (!previous) return observed;
    return isFinalPush(previous) ? previous : { ...observed, pollSeconds: previous.pollSeconds };
  },

  isTerminal: isFinalPush,

  pollDelayMs: ({ pollSeconds }) => pollSeconds * 1_000,

  atDeadline: (state) => (isFinalPush(state) ? state : { ...state, isOverdue: true }),

  describe(previous, next) {
    const from = previous ? toldStatus(previous) : null;
    const to = toldStatus(next);
    return from === to ? [] : [{ from, to } satisfies PushChange];
  },
};

/** The status that it is told to have: nobody else says that its time is over. */
function toldStatus({ status, isOverdue }: PushState): string {
  return isOverdue ? EXPIRED : status;
}

/** A call is for one account, so there is one for each of those the keys name. */
async function readPushes(client: VipClient, keys: readonly PushKey[]): Promise<Reading<PushState>[]> {
  const accounts = [...new Set(keys.map(({ onBehalfOfAccountId }) => onBehalfOfAccountId))];
  const polls = await Promise.allSettled(
    accounts.map((account) => {
      const ids = keys.filter(({ onBehalfOfAccountId }) => onBehalfOfAccountId === account);
      return client.pollPushes(
        ids.map(({ transactionId }) => transactionId),
        { onBehalfOfAccountId: account },
      );
    }),
  );
  const failed = polls.filter((poll) => poll.status === 'rejected');
  if (failed[0] !== undefined && failed.length === polls.length) throw failed[0].reason;
  // What another account's call has told is told once, so the failure of one must not throw it away: no news there.
  return keys.map((key) => {
    const poll = polls[accounts.indexOf(key.onBehalfOfAccountId)];
    const states = poll?.status === 'fulfilled' ? poll.value : undefined;
    const state = toPushState(key, states?.get(key.transactionId)) ?? openPush();
    return isLostPush(state) ? { end: 'NOT_FOUND', last: state } : { state };
  });
}
