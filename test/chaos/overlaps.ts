import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage, ServerResponse } from 'node:http';
import type { History } from './history.js';

const CHANNEL = 'http.server.request.start';

/** Two reads of one message at the same time, as the provider saw them. */
export interface Overlap {
  readonly at: number;
  readonly messageId: string;
}

/** Watches every read that a simulator in this process answers. */
export class ReadWatcher {
  readonly overlaps: Overlap[] = [];
  reads = 0;
  readonly #running = new Map<string, number>();
  readonly #history: History;
  readonly #onRead: (messageId: string) => () => void;

  /** @param onRead a read begins; what it answers is called when it was answered whole and well. */
  constructor(history: History, onRead: (messageId: string) => () => void) {
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
    const { method, url = '' } = message.request;
    const [, encoded] = /\/frontend\/messages\/([^/?]+)$/.exec(url) ?? [];
    if (method !== 'GET' || encoded === undefined) return;
    const messageId = decodeURIComponent(encoded);
    const running = this.#running.get(messageId) ?? 0;
    if (running > 0) {
      this.overlaps.push({ at: Date.now(), messageId });
      this.#history.note('overlap', { messageId });
    }
    this.reads += 1;
    this.#running.set(messageId, running + 1);
    const onAnswered = this.#onRead(messageId);
    const { response } = message;
    response.once('finish', () => {
      if (response.statusCode === 200) onAnswered();
    });
    response.once('close', () => {
      this.#running.set(messageId, (this.#running.get(messageId) ?? 1) - 1);
    });
  };
}
