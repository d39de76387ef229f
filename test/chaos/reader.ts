import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Connection } from './connection.js';
import type { History } from './history.js';

const CHANGED = `subscription ($id: ID!, $after: String) {
  twoFactorMessageChanged(id: $id, after: $after) {
    cursor sequence isTerminal hasMissedEvents changes { userId to } twoFactorMessage { recipients { userId status } }
  }
}`;

const changed = z
  .object({
    cursor: z.string(),
    sequence: z.number(),
    isTerminal: z.boolean(),
    hasMissedEvents: z.boolean(),
    changes: z.array(z.object({ userId: z.string(), to: z.string() })),
    twoFactorMessage: z.object({
      recipients: z.array(z.object({ userId: z.string(), status: z.string() })),
    }),
  })
  .transform((event) => ({ ...event, receivedAt: Date.now() }));
const result = z.object({ data: z.object({ twoFactorMessageChanged: changed }) });

/** An event as a client got it. */
export type Received = z.output<typeof changed>;

const RETRY_MS = 200;

/** Somebody who watches one message to its end, and resumes behind the last event when the connection is lost. */
export class Reader {
  readonly received: Received[] = [];
  readonly messageId: string;
  readonly #connection: Connection;
  readonly #history: History;
  readonly #onEvent: () => void;
  #after: string | undefined;
  #isLeaving = false;

  /** @param after where to begin; default the current state. */
  constructor(
    messageId: string,
    connection: Connection,
    { history, onEvent, after }: { history: History; onEvent: () => void; after?: string },
  ) {
    this.messageId = messageId;
    this.#connection = connection;
    this.#history = history;
    this.#onEvent = onEvent;
    this.#after = after;
  }

  get hasEnded(): boolean {
    return this.received.at(-1)?.isTerminal === true;
  }

  leave(): void {
    this.#isLeaving = true;
  }

  /** Resolves when the last event was received, or `leave` was called and the connection closed. */
  async follow(): Promise<void> {
    while (!this.hasEnded && !this.#isLeaving) {
      try {
        await this.#subscribe();
      } catch (error) {
        if (error instanceof z.ZodError) this.#history.note('refused', { messageId: this.messageId });
      }
      if (!this.hasEnded) await pause(RETRY_MS);
    }
  }

  async #subscribe(): Promise<void> {
    const variables = { id: this.messageId, after: this.#after };
    for await (const answer of await this.#connection.iterate({ query: CHANGED, variables })) {
      const event = result.parse(answer).data.twoFactorMessageChanged;
      this.received.push(event);
      this.#after = event.cursor;
      this.#history.note('received', {
        messageId: this.messageId,
        sequence: event.sequence,
        isTerminal: event.isTerminal,
        changes: event.changes,
      });
      this.#onEvent();
    }
  }
}
