import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import { watchId } from '../../src/live/watch-id.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import type { VipClient } from '../../src/providers/vipidentity/client.js';
import type { SentPush } from '../../src/providers/vipidentity/model.js';
import {
  isFinalPush,
  openPush,
  PUSH_GRACE_MS,
  pushWatch,
  toPushState,
} from '../../src/providers/vipidentity/push-watch.js';
import type { PushChange, PushKey, PushState } from '../../src/providers/vipidentity/push-watch.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import type { Vault } from '../../src/vault/vault.js';

/** What the provider does not say again of a push. */
const sentPush = z.object({
  transactionId: z.string(),
  onBehalfOfAccountId: z.string().nullable(),
  /** Null for a push to credentials. */
  userId: z.string().nullable(),
  targets: z.array(z.object({ credentialId: z.string(), sent: z.boolean() })),
  isPinExpired: z.boolean().nullable(),
  pinExpiresAt: z.number().nullable(),
  sentAt: z.number(),
  /** Until when the phones can answer, by our clock. */
  expiresAt: z.number(),
});
export type StoredPush = z.infer<typeof sentPush>;

/** A push of this owner, as far as it has come. */
export type KnownPush = StoredPush & { readonly state: PushState };

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
  /** How long sent pushes are remembered, milliseconds. */
  readonly retentionMs: number;
}

/** The pushes each owner has sent. Somebody else's look unknown. */
export class PushService {
  readonly #options: PushServiceOptions;
  readonly #sent: SealedRecords<typeof sentPush>;

  constructor(options: PushServiceOptions) {
    this.#options = options;
    this.#sent = new SealedRecords({ ...options, collection: pushWatch.name, schema: sentPush });
  }

  /** Sends a push, keeps what must be known of it, and follows it from now on. */
  async send(
    target: { readonly userId: string | null; readonly onBehalfOfAccountId: string | null },
    { timeoutSeconds, pollSeconds }: PushTimes,
    { caller }: SubgraphCall,
    send: () => Promise<SentPush>,
  ): Promise<KnownPush> {
    const { live, clock, retentionMs } = this.#options;
    const answer = await send();
    const sentAt = clock.now();
    const push: StoredPush = {
      ...answer,
      ...target,
      targets: [...answer.targets],
      sentAt,
      expiresAt: sentAt + timeoutSeconds * 1_000,
    };
    await this.#sent.put(ownerKey(caller), push.transactionId, push, {
      createdAt: sentAt,
      expiresAt: sentAt + retentionMs,
    });
    const state = openPush(pollSeconds);
    await live.watch({
      kind: pushWatch,
      owner: caller,
      key: keyOf(push),
      deadlineAt: push.expiresAt + PUSH_GRACE_MS,
      first: { state, source: 'COMMAND' },
    });
    return { ...push, state };
  }

  /** One push by id; null when it is unknown or somebody else's. No upstream call. */
  async find(transactionId: string, owner: Owner): Promise<KnownPush | null> {
    const push = await this.#sent.get(ownerKey(owner), transactionId);
    const latest = push && (await this.#options.live.current<PushState>(watchIdOf(push, owner)));
    return push && latest ? { ...push, state: latest.state } : null;
  }

  /** Asks the provider now, and tells the subscribers. One that has ended is not asked for again. */
  async refresh(transactionId: string, { caller, requestId }: SubgraphCall): Promise<KnownPush> {
    const known = await this.require(transactionId, caller);
    if (isFinalPush(known.state)) return known;
    const { onBehalfOfAccountId } = known;
    await this.#options.live.apply<PushState>(pushWatch, watchIdOf(known, caller), async () => {
      const polled = await this.#options.client.pollPushes([transactionId], {
        requestId,
        onBehalfOfAccountId,
      });
      return toPushState(polled.get(transactionId));
    });
    // What the watch says: a poll may have been told the end, which is told only once, just before.
    return this.require(transactionId, caller);
  }

  /** Waits for the end of a push, which the poller brings, for `timeoutMs` at the most. */
  async waitFor(transactionId: string, { caller }: SubgraphCall, timeoutMs: number): Promise<KnownPush> {
    const { events } = await this.subscribe(transactionId, caller, undefined);
    const cancel = this.#options.clock.schedule(timeoutMs, () => void events.return?.());
    try {
      for await (const { event } of events) if (event.terminal) break;
    } finally {
      cancel();
      await events.return?.();
    }
    return this.require(transactionId, caller);
  }

  /** @throws ProviderError NOT_FOUND when the push is unknown or somebody else's */
  async subscribe(
    transactionId: string,
    owner: Owner,
    after: string | undefined,
  ): Promise<{ push: StoredPush; events: AsyncIterableIterator<HubEvent<PushState, PushChange>> }> {
    const push = await this.require(transactionId, owner);
    const id = watchIdOf(push, owner);
    return { push, events: await this.#options.live.subscribe<PushState, PushChange>(id, { after }) };
  }

  /** @throws ProviderError NOT_FOUND when the push is unknown or somebody else's */
  async require(transactionId: string, owner: Owner): Promise<KnownPush> {
    const push = await this.find(transactionId, owner);
    if (!push) throw new ProviderError('NOT_FOUND', { path: ['transactionId'] });
    return push;
  }
}

function keyOf({ transactionId, onBehalfOfAccountId }: StoredPush): PushKey {
  return { transactionId, onBehalfOfAccountId };
}

function watchIdOf(push: StoredPush, owner: Owner): string {
  return watchId(pushWatch.name, owner, keyOf(push));
}
