import type { Place } from './cursor.js';
import type { HubEvent } from './event-reader.js';
import { LastingTrouble } from '../lasting-trouble.js';
import type { Logger } from '../log.js';
import { kindOf } from './watch-id.js';
import { Topic, type TopicOptions } from './topic.js';

export interface HubOptions extends Omit<TopicOptions, 'refreshEveryMs' | 'bufferSize' | 'troubles'> {
  readonly logger: Logger;
  /** Milliseconds between two reads of the log of a watch that nothing has asked for. Default 20,000. */
  readonly refreshEveryMs?: number;
  /** How many events wait for a slow subscriber. Default 64. */
  readonly bufferSize?: number;
}

/** Where every subscriber in this process gets its events from. */
export class Hub {
  readonly #options: TopicOptions;
  readonly #topics = new Map<string, Topic>();
  readonly #stopReconnect: () => void;

  constructor(options: HubOptions) {
    const trouble = (failed: string, well: string): LastingTrouble =>
      new LastingTrouble({ ...options, failed, well });
    this.#options = {
      ...options,
      troubles: {
        reading: trouble(
          'the log of a watch could not be read; it is read again',
          'the logs of watches are read again',
        ),
        interest: trouble(
          'the interest in a watch could not be renewed; it is renewed later',
          'the interest in watches is renewed again',
        ),
        leaving: trouble(
          'the wake-ups of a watch could not be ended',
          'the wake-ups of watches are ended again',
        ),
      },
      refreshEveryMs: options.refreshEveryMs ?? 20_000,
      bufferSize: options.bufferSize ?? 64,
    };
    this.#stopReconnect = options.bus.onReconnect(() => {
      for (const topic of this.#topics.values()) topic.refreshSoon();
    });
  }

  /**
   * The current state at once, or everything behind the place `after`, then every change, up to the terminal event.
   * @throws {ProviderError} NOT_FOUND when there is no such watch.
   */
  async subscribe(id: string, after?: Place): Promise<AsyncIterableIterator<HubEvent>> {
    return this.#topic(id).join(after);
  }

  /** What is alive now: subscribers, and watches listened to. Both are 0 when everybody has left. */
  counts(): { readonly subscribers: number; readonly watches: number } {
    let subscribers = 0;
    for (const topic of this.#topics.values()) subscribers += topic.readers;
    return { subscribers, watches: this.#topics.size };
  }

  /** The same, by the name of the kind. */
  countsByKind(): ReadonlyMap<string, { readonly subscribers: number; readonly watches: number }> {
    const counts = new Map<string, { subscribers: number; watches: number }>();
    for (const [id, topic] of this.#topics) {
      const kind = kindOf(id);
      const { subscribers, watches } = counts.get(kind) ?? { subscribers: 0, watches: 0 };
      counts.set(kind, { subscribers: subscribers + topic.readers, watches: watches + 1 });
    }
    return counts;
  }

  /** Ends every subscription. */
  close(): void {
    this.#stopReconnect();
    for (const topic of [...this.#topics.values()]) topic.stop();
  }

  #topic(id: string): Topic {
    const known = this.#topics.get(id);
    if (known) return known;
    const topic = new Topic(id, this.#options, () => this.#topics.delete(id));
    this.#topics.set(id, topic);
    return topic;
  }
}
