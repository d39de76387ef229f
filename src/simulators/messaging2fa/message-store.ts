import { z } from 'zod';
import { indexed } from '../kit/json-file.js';
import type { SimulatorKit } from '../kit/simulate.js';
import { messageSchema, type Message } from './message.js';
import type { SendRequest } from './send-request.js';
import type { Status } from './statuses.js';

/** What the phone shows. Kept in memory alone, so it is unknown after a restart. */
export type MessageText = Pick<SendRequest, 'subject' | 'body' | 'callbackUrl'>;

/** How long after its expiry a message is still known after a restart: 30 days. */
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;

/** Every message of one simulated world. They are in a file, so a restart forgets none; subjects and bodies are not. */
export class MessageStore {
  readonly #file;
  readonly #texts = new Map<string, MessageText>();

  constructor({ keep, clock }: Pick<SimulatorKit, 'keep' | 'clock'>) {
    const messages = indexed(messageSchema, ({ messageId }) => messageId);
    this.#file = keep(z.object({ messages }), () => ({ messages: new Map() }), 'messages.json');
    this.clock = clock;
  }

  readonly clock: SimulatorKit['clock'];

  find(messageId: string): Message | undefined {
    return this.#messages.get(messageId);
  }

  textOf(messageId: string): MessageText | undefined {
    return this.#texts.get(messageId);
  }

  /** Newest first. */
  newest(limit: number): Message[] {
    return [...this.#messages.values()].slice(-limit).reverse();
  }

  add(message: Message, text: MessageText): void {
    this.#messages.set(message.messageId, message);
    this.#texts.set(message.messageId, text);
    this.#file.changed();
  }

  /** @param recipient its place in the list. */
  setStatus({ recipients }: Message, recipient: number, status: Status): void {
    const found = recipients[recipient];
    if (found !== undefined) found.set = status;
    this.#file.changed();
  }

  /** Forgets what has long expired. */
  compact(): void {
    const oldest = this.clock.now() - REMEMBERED_MS;
    for (const { messageId, expiresAt } of this.#messages.values())
      if (expiresAt < oldest) this.#messages.delete(messageId);
    this.#file.changed();
  }

  get #messages(): Map<string, Message> {
    return this.#file.value.messages;
  }
}
