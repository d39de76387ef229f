import type { Clock } from '../../clock.js';
import { offsetClock, type OffsetClock } from '../kit/offset-clock.js';
import type { Message } from './message.js';
import { openMessageFile, type Entry, type MessageFile } from './message-file.js';
import type { SendRequest } from './send-request.js';
import type { Status } from './statuses.js';

/** What the phone shows. Kept in memory alone, so it is unknown after a restart. */
export type MessageText = Pick<SendRequest, 'subject' | 'body' | 'callbackUrl'>;

/** Every message of one simulated world, and its time. What happened is in a file, so a restart forgets no message. */
export class MessageStore {
  readonly clock: OffsetClock;
  readonly #messages = new Map<string, Message>();
  readonly #texts = new Map<string, MessageText>();
  readonly #file: MessageFile;

  constructor(dir: string, clock: Clock) {
    this.clock = offsetClock(clock);
    this.#file = openMessageFile(dir, (entry) => this.#apply(entry));
  }

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
    this.#record({ kind: 'sent', message });
    this.#texts.set(message.messageId, text);
  }

  /** @param recipient its place in the list. */
  setStatus(messageId: string, recipient: number, status: Status): void {
    this.#record({ kind: 'set', messageId, recipient, status });
  }

  advance(ms: number): void {
    this.#record({ kind: 'advanced', ms });
  }

  close(): void {
    this.#file.close();
  }

  #record(entry: Entry): void {
    this.#file.append(entry);
    this.#apply(entry);
  }

  #apply(entry: Entry): void {
    switch (entry.kind) {
      case 'sent':
        this.#messages.set(entry.message.messageId, entry.message);
        break;
      case 'set': {
        const recipient = this.#messages.get(entry.messageId)?.recipients[entry.recipient];
        if (recipient !== undefined) recipient.set = entry.status;
        break;
      }
      case 'advanced':
        this.clock.advance(entry.ms);
    }
  }
}
