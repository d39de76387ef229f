import type { HubEvent } from '../../../src/live/event-reader.js';

/** Reads a subscription in the background and keeps what it got. */
export class Collector {
  readonly events: HubEvent[] = [];
  ended = false;
  readonly #iterator: AsyncIterator<HubEvent>;
  readonly finished: Promise<void>;

  constructor(iterator: AsyncIterator<HubEvent>) {
    this.#iterator = iterator;
    this.finished = this.#run();
  }

  /** `sequence:status`, with a mark on those that say events were missed. */
  get seen(): string[] {
    return this.events.map(
      ({ event, truncated }) => `${truncated ? '!' : ''}${event.sequence}:${statusOf(event.state)}`,
    );
  }

  get sequences(): number[] {
    return this.events.map(({ event }) => event.sequence);
  }

  /** The cursor of the newest event. */
  get cursor(): string | undefined {
    return this.events.at(-1)?.cursor;
  }

  async leave(): Promise<void> {
    await this.#iterator.return?.();
    await this.finished;
  }

  async #run(): Promise<void> {
    for (let next = await this.#iterator.next(); !next.done; next = await this.#iterator.next())
      this.events.push(next.value);
    this.ended = true;
  }
}

function statusOf(state: HubEvent['event']['state']): string {
  const status = typeof state === 'object' && state !== null && 'status' in state ? state.status : state;
  return typeof status === 'string' ? status : JSON.stringify(status);
}
