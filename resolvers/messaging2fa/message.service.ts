import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import { watchId } from '../../src/live/watch-id.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { afterEffect } from '../../src/providers/kit/after-effect.js';
import { ProviderError } from '../../src/provider-error.js';
import type { Messaging2faClient } from '../../src/providers/messaging2fa/client.js';
import { MESSAGE_TYPES } from '../../src/providers/messaging2fa/message.js';
import type { MessageSession, OutgoingMessage } from '../../src/providers/messaging2fa/message.js';
import { GRACE_MS, messageWatch, toMessageState } from '../../src/providers/messaging2fa/message-watch.js';
import type { MessageState, RecipientChange } from '../../src/providers/messaging2fa/message-watch.js';
import type { RecordStore, StoredRecord } from '../../src/store/record-store.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import type { Vault } from '../../src/vault/vault.js';

const COLLECTION = messageWatch.name;

/** What the provider does not repeat and the sender may see again: kept sealed. */
const sentMessage = z.object({
  subject: z.string().nullable(),
  body: z.string().nullable(),
  type: z.enum(MESSAGE_TYPES),
  availabilitySeconds: z.number(),
  secureId: z.string().nullable(),
  sentAt: z.number(),
  expiresAt: z.number(),
});
export type SentMessage = z.infer<typeof sentMessage>;

/** A message of this owner, with its recipients as last observed. */
export interface KnownMessage extends SentMessage {
  readonly id: string;
  readonly recipients: MessageState['recipients'];
  /** No status changes any more. */
  readonly isFinished: boolean;
}

export interface MessageServiceOptions {
  readonly client: Messaging2faClient;
  readonly live: Live;
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly clock: Clock;
  /** How long sent messages are remembered, milliseconds. */
  readonly retentionMs: number;
}

/** The messages each owner has sent: the provider's word on their statuses joined with what was kept of them. */
export class MessageService {
  readonly #options: MessageServiceOptions;

  constructor(options: MessageServiceOptions) {
    this.#options = options;
  }

  /** Pushes a message to the phones and starts watching it. */
  async send(message: OutgoingMessage, { caller, requestId }: SubgraphCall): Promise<KnownMessage> {
    const { client, live, records, clock, retentionMs } = this.#options;
    const session = await client.send(message, { requestId });
    const now = clock.now();
    const sent: SentMessage = {
      subject: message.subject,
      body: message.body,
      type: message.type,
      availabilitySeconds: message.availabilitySeconds,
      secureId: session.secureId,
      sentAt: now,
      expiresAt: session.expiresAt,
    };
    const state = toMessageState(session, now);
    await afterEffect(async () => {
      await records.put(this.#seal(sent, caller, session.messageId, now + retentionMs));
      await live.watch({
        kind: messageWatch,
        owner: caller,
        key: session.messageId,
        deadlineAt: session.expiresAt + GRACE_MS,
        first: { state, source: 'COMMAND' },
      });
    });
    return known(session.messageId, sent, state, messageWatch.isTerminal(state));
  }

  /** Reads the statuses at the provider now, and tells the subscribers. */
  refresh(id: string, call: SubgraphCall): Promise<KnownMessage> {
    return this.#command(id, call, () => this.#options.client.track(id, { requestId: call.requestId }));
  }

  /** Withdraws the message from the recipients that are still open. */
  cancel(id: string, call: SubgraphCall): Promise<KnownMessage> {
    return this.#command(id, call, () => this.#options.client.cancel(id, { requestId: call.requestId }));
  }

  /** One message by id; null when it is unknown or somebody else's. */
  async find(id: string, owner: Owner): Promise<KnownMessage | null> {
    const [message] = await this.findMany([id], owner);
    return message ?? null;
  }

  /** Several by id, in order. No upstream call: the watches know. */
  async findMany(ids: readonly string[], owner: Owner): Promise<readonly (KnownMessage | null)[]> {
    const found = await Promise.all(
      ids.map((id) => this.#options.records.get(COLLECTION, ownerKey(owner), id)),
    );
    return this.join(found, owner);
  }

  /** @throws ProviderError NOT_FOUND when the message is unknown or somebody else's */
  async subscribe(
    id: string,
    owner: Owner,
    after: string | undefined,
  ): Promise<{ sent: SentMessage; events: AsyncIterableIterator<HubEvent<MessageState, RecipientChange>> }> {
    const sent = await this.#require(id, owner);
    const events = await this.#options.live.subscribe<MessageState, RecipientChange>(watchIdOf(id, owner), {
      after,
    });
    return { sent, events };
  }

  async #command(
    id: string,
    { caller }: SubgraphCall,
    call: () => Promise<MessageSession>,
  ): Promise<KnownMessage> {
    const sent = await this.#require(id, caller);
    const state = await this.#options.live.apply(messageWatch, watchIdOf(id, caller), async () =>
      toMessageState(await call(), this.#options.clock.now()),
    );
    return known(id, sent, state, messageWatch.isTerminal(state));
  }

  async #require(id: string, owner: Owner): Promise<SentMessage> {
    const record = await this.#options.records.get(COLLECTION, ownerKey(owner), id);
    if (!record) throw new ProviderError('NOT_FOUND', { path: ['id'] });
    return this.#open(record);
  }

  /** The messages behind records of this owner, in order; null where there is none. No upstream call. */
  async join(
    found: readonly (StoredRecord | undefined)[],
    owner: Owner,
  ): Promise<readonly (KnownMessage | null)[]> {
    const present = found.filter((record) => record !== undefined);
    const latest = await this.#options.live.currentMany<MessageState>(
      present.map(({ id }) => watchIdOf(id, owner)),
    );
    const events = new Map(present.map((record, index) => [record.id, latest[index]]));
    return found.map((record) => {
      const event = record && events.get(record.id);
      return record && event ? known(record.id, this.#open(record), event.state, event.terminal) : null;
    });
  }

  #seal(sent: SentMessage, owner: Owner, id: string, expiresAt: number): StoredRecord {
    const key = { collection: COLLECTION, owner: ownerKey(owner), id };
    return {
      ...key,
      value: this.#options.vault.seal(JSON.stringify(sent), key),
      createdAt: sent.sentAt,
      expiresAt,
    };
  }

  #open({ collection, owner, id, value }: StoredRecord): SentMessage {
    return sentMessage.parse(JSON.parse(this.#options.vault.open(value, { collection, owner, id })));
  }
}

function watchIdOf(id: string, owner: Owner): string {
  return watchId(messageWatch.name, owner, id);
}

function known(id: string, sent: SentMessage, state: MessageState, isFinished: boolean): KnownMessage {
  return { ...sent, id, recipients: state.recipients, isFinished };
}
