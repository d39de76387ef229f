import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { Owner } from '../../src/owner.js';
import type { Messaging2faClient } from '../../src/providers/messaging2fa/client.js';
import { MESSAGE_TYPES } from '../../src/providers/messaging2fa/message.js';
import type { MessageSession, OutgoingMessage } from '../../src/providers/messaging2fa/message.js';
import { GRACE_MS, messageWatch, toMessageState } from '../../src/providers/messaging2fa/message-watch.js';
import type {
  MessageKey,
  MessageState,
  RecipientChange,
} from '../../src/providers/messaging2fa/message-watch.js';
import type { RecordStore } from '../../src/store/record-store.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import { Tracked } from '../../src/subgraph/tracked.js';
import type { TrackedThing } from '../../src/subgraph/tracked.js';
import type { Vault } from '../../src/vault/vault.js';

/** What the provider does not repeat and the sender may see again. */
const sentMessage = z.object({
  recipients: z.array(z.string()),
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
export type KnownMessage = TrackedThing<SentMessage, MessageState>;

export interface MessageServiceOptions {
  readonly client: Messaging2faClient;
  readonly live: Live;
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly retentionMs: number;
}

/** The messages each owner has sent: the provider's word on their statuses joined with what was kept of them. */
export class MessageService {
  readonly #options: MessageServiceOptions;
  readonly sent: Tracked<MessageKey, MessageState, RecipientChange, typeof sentMessage>;

  constructor(options: MessageServiceOptions) {
    this.#options = options;
    this.sent = new Tracked({
      ...options,
      kind: messageWatch,
      schema: sentMessage,
      keyOf: (messageId, { recipients, type }) => ({ messageId, recipients, type }),
      deadlineOf: ({ expiresAt }) => expiresAt + GRACE_MS,
    });
  }

  /** Keeps what was sent at that time, in milliseconds since the epoch, and watches it. */
  keep(
    owner: Owner,
    message: OutgoingMessage,
    { messageId, secureId, ...session }: MessageSession,
    at: number,
  ): Promise<KnownMessage> {
    const value = {
      ...message,
      recipients: [...message.recipients],
      secureId,
      sentAt: at,
      expiresAt: session.expiresAt ?? at + message.availabilitySeconds * 1_000,
    };
    return this.sent.keep(owner, messageId, value, toMessageState(message, session, at));
  }

  /** Reads the statuses at the provider now, and tells the subscribers. */
  refresh(id: string, call: SubgraphCall): Promise<KnownMessage> {
    return this.#apply(id, call, (client) => client.track(id, call));
  }

  /** Withdraws the message from the recipients that are still open. */
  cancel(id: string, call: SubgraphCall): Promise<KnownMessage> {
    return this.#apply(id, call, (client) => client.cancel(id, call));
  }

  #apply(
    id: string,
    { caller }: SubgraphCall,
    ask: (client: Messaging2faClient) => Promise<MessageSession>,
  ): Promise<KnownMessage> {
    const { client, clock } = this.#options;
    return this.sent.apply(caller, id, async (message) =>
      toMessageState(message, await ask(client), clock.now()),
    );
  }
}

/** The events of a message. */
export type MessageEvent = HubEvent<MessageState, RecipientChange>;
