import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { Logger } from '../../src/log.js';
import type { Owner } from '../../src/owner.js';
import type { VipClient } from '../../src/providers/vipidentity/client.js';
import type { SentPush } from '../../src/providers/vipidentity/model.js';
import {
  isLostPush,
  openPush,
  PUSH_GRACE_MS,
  pushWatch,
  toPushState,
} from '../../src/providers/vipidentity/push-watch.js';
import type { PushChange, PushKey, PushState } from '../../src/providers/vipidentity/push-watch.js';
import type { RecordStore } from '../../src/store/record-store.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import { Tracked } from '../../src/subgraph/tracked.js';
import type { TrackedThing } from '../../src/subgraph/tracked.js';
import type { Vault } from '../../src/vault/vault.js';
import { optionsOf } from './options-of.js';

/** What the provider does not say again of a push. */
const sentPush = z.object({
  onBehalfOfAccountId: z.string().nullable(),
  /** Null for a push to credentials. */
  userId: z.string().nullable(),
  targets: z.array(z.object({ credentialId: z.string(), sent: z.boolean() })),
  numbersChallenge: z.string().nullable().default(null),
  isPinExpired: z.boolean().nullable(),
  pinExpiresAt: z.number().nullable(),
  sentAt: z.number(),
  /** Until when the phones can answer, by our clock. */
  expiresAt: z.number(),
});
export type StoredPush = z.infer<typeof sentPush>;

/** A push of this owner, as far as it has come. */
export type KnownPush = TrackedThing<StoredPush, PushState>;

/** The events of a push. */
export type PushEvent = HubEvent<PushState, PushChange>;

/** How a push is followed. */
export interface PushTimes {
  readonly timeoutSeconds: number;
  readonly pollSeconds: number;
}

export interface PushServiceOptions {
  readonly client: VipClient;
  readonly live: Live;
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly retentionMs: number;
}

const ID = 'transactionId';

function keyOf(transactionId: string, { onBehalfOfAccountId, targets }: StoredPush): PushKey {
  const credentialIds = targets.map(({ credentialId }) => credentialId);
  return { transactionId, onBehalfOfAccountId, ...(credentialIds.length > 0 && { credentialIds }) };
}

/** The provider was asked, and said nothing of the push. */
class NoNews extends Error {}

/** The pushes each owner has sent. Somebody else's look unknown. */
export class PushService {
  readonly #options: PushServiceOptions;
  readonly sent: Tracked<PushKey, PushState, PushChange, typeof sentPush>;

  constructor(options: PushServiceOptions) {
    this.#options = options;
    this.sent = new Tracked({
      ...options,
      kind: pushWatch,
      schema: sentPush,
      keyOf,
      deadlineOf: ({ expiresAt }) => expiresAt + PUSH_GRACE_MS,
    });
  }

  /** Keeps what must be known of a push that was sent, and follows it from now on. */
  keep(
    owner: Owner,
    target: { readonly userId: string | null; readonly onBehalfOfAccountId: string | null },
    { timeoutSeconds, pollSeconds }: PushTimes,
    { transactionId, targets, ...sent }: SentPush,
    at: number,
  ): Promise<KnownPush> {
    const value = {
      ...sent,
      ...target,
      targets: [...targets],
      sentAt: at,
      expiresAt: at + timeoutSeconds * 1_000,
    };
    return this.sent.keep(owner, transactionId, value, openPush(pollSeconds));
  }

  /**
   * Asks the provider now, and tells the subscribers. One that has ended is not asked for again, unless it was lost. An
   * answer that does not know the push is no news.
   */
  async refresh(transactionId: string, call: SubgraphCall): Promise<KnownPush> {
    const { caller } = call;
    const known = await this.sent.require(caller, transactionId, ID);
    if (known.isEnded && !isLostPush(known.state)) return known;
    const ask = async (push: StoredPush): Promise<PushState> => {
      const options = optionsOf(call, push.onBehalfOfAccountId);
      const polled = await this.#options.client.pollPushes([transactionId], options);
      const state = toPushState(keyOf(transactionId, push), polled.get(transactionId));
      if (state === undefined || isLostPush(state)) throw new NoNews();
      return state;
    };
    try {
      await this.sent.apply(caller, transactionId, ask, ID);
    } catch (error) {
      if (!(error instanceof NoNews)) throw error;
    }
    // What the watch says: a poll may have been told the end, which is told only once, just before.
    return this.sent.require(caller, transactionId, ID);
  }

  /**
   * Waits for the end of a push, which the poller brings, for `timeoutMs` at the most. It has been sent: when it cannot be
   * followed, the wait ends early, with what is known.
   */
  async waitFor(push: KnownPush, owner: Owner, timeoutMs: number): Promise<KnownPush> {
    try {
      return await this.#ended(push, owner, timeoutMs);
    } catch (error) {
      this.#options.logger.warn({ event: 'push', err: error }, 'a push could not be waited for');
      return push;
    }
  }

  async #ended({ id }: KnownPush, owner: Owner, timeoutMs: number): Promise<KnownPush> {
    const { events } = await this.sent.follow(owner, id, undefined, ID);
    const cancel = this.#options.clock.schedule(timeoutMs, () => void events.return?.());
    try {
      for await (const { event } of events) if (event.terminal) break;
    } finally {
      cancel();
      await events.return?.();
    }
    return this.sent.require(owner, id, ID);
  }
}
