import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage, ServerResponse } from 'node:http';
import type { History } from './history.js';
import type { Scene } from './scenes/scene.js';

const CHANNEL = 'http.server.request.start';

/** Two reads of one thing at the same time, as the provider saw them. */
export interface Overlap {
  readonly at: number;
  readonly thing: string;
}

/** Watches every read that a simulator in this process answers. */
export class ReadWatcher {
  readonly overlaps: Overlap[] = [];
  /** Of whatever was asked. */
  requests = 0;
  readonly #running = new Map<string, number>();
  readonly #history: History;
  readonly #scene: Pick<Scene, 'reads'>;
  readonly #onRead: (thing: string) => () => void;

  /** @param onRead a read begins; what it answers is called when it was answered whole and well. */
  constructor(scene: Pick<Scene, 'reads'>, history: History, onRead: (thing: string) => () => void) {
    this.#scene = scene;
    this.#history = history;
    this.#onRead = onRead;
    subscribe(CHANNEL, this.#onRequest);
  }

  stop(): void {
    unsubscribe(CHANNEL, this.#onRequest);
  }

  readonly #onRequest = (message: unknown): void => {
    if (typeof message !== 'object' || message === null) return;
    if (!('request' in message && message.request instanceof IncomingMessage)) return;
    if (!('response' in message && message.response instanceof ServerResponse)) return;
    const { method = '', url = '' } = message.request;
    this.requests += 1;
    const thing = this.#scene.reads?.(method, url);
    if (thing === undefined) return;
    const running = this.#running.get(thing) ?? 0;
    if (running > 0) {
      this.overlaps.push({ at: Date.now(), thing });
      this.#history.note('overlap', { thing });
    }
    this.#running.set(thing, running + 1);
    const onAnswered = this.#onRead(thing);
    const { response } = message;
    response.once('finish', () => {
      if (response.statusCode === 200) onAnswered();
    });
    response.once('close', () => {
      this.#running.set(thing, (this.#running.get(thing) ?? 1) - 1);
    });
  };
}
