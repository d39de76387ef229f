import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Connection } from './connection.js';
import type { History } from './history.js';
import type { Scene, Thing, Told } from './scenes/scene.js';

const head = z.looseObject({
  cursor: z.string(),
  sequence: z.number(),
  isTerminal: z.boolean(),
  hasMissedEvents: z.boolean(),
});
const result = z.object({ data: z.object({ changed: head }) });

/** An event as a client got it. */
export interface Received extends z.output<typeof head> {
  readonly told: Told;
  readonly receivedAt: number;
}

export interface ReaderOptions {
  readonly scene: Pick<Scene, 'subscription' | 'told'>;
  readonly history: History;
  readonly onEvent: () => void;
  /** Where to begin; default the current state. */
  readonly after?: string;
  /** Whether an event is the last one to wait for. */
  readonly isLast: (event: Received) => boolean;
}

const RETRY_MS = 200;

/** Somebody who follows one thing to its end, and resumes behind the last event when the connection is lost. */
export class Reader {
  readonly received: Received[] = [];
  readonly thing: Thing;
  readonly #connection: Connection;
  readonly #options: ReaderOptions;
  #after: string | undefined;
  #isLeaving = false;

  constructor(thing: Thing, connection: Connection, options: ReaderOptions) {
    this.thing = thing;
    this.#connection = connection;
    this.#options = options;
    this.#after = options.after;
  }

  get hasEnded(): boolean {
    const last = this.received.at(-1);
    return last !== undefined && this.#options.isLast(last);
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
        if (error instanceof z.ZodError) this.#options.history.note('refused', { thing: this.thing.id });
      }
      if (!this.hasEnded) await pause(RETRY_MS);
    }
  }

  async #subscribe(): Promise<void> {
    const { scene, history, onEvent } = this.#options;
    const variables = { ...this.thing.variables, after: this.#after };
    for await (const answer of await this.#connection.iterate({ query: scene.subscription, variables })) {
      const { changed } = result.parse(answer).data;
      const event = { ...changed, told: scene.told(changed), receivedAt: Date.now() };
      this.received.push(event);
      this.#after = event.cursor;
      const { sequence, isTerminal, told } = event;
      history.note('received', {
        thing: this.thing.id,
        sequence,
        isTerminal,
        told: Object.fromEntries(told),
      });
      onEvent();
      if (this.hasEnded) return;
    }
  }
}
