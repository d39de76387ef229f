import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { within } from './within.js';

export interface SocketMessage {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A raw graphql-transport-ws client, which can also misbehave. */
export class SocketClient {
  readonly #socket: WebSocket;
  readonly #messages: SocketMessage[] = [];
  #waiting: (() => void)[] = [];
  /** Code and reason with which the server closed. */
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.#messages.push(JSON.parse(String(data)));
      this.#wake();
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        resolve({ code, reason: String(reason) });
        this.#wake();
      });
    });
  }

  /** Opens a socket without saying anything. */
  static async open(
    endpoint: string,
    protocol = 'graphql-transport-ws',
    options: ClientOptions = {},
  ): Promise<SocketClient> {
    const socket = new WebSocket(endpoint.replace(/^http/, 'ws'), protocol, options);
    const client = new SocketClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Opens a socket and is acknowledged. */
  static async connect(endpoint: string, payload?: object): Promise<SocketClient> {
    const client = await SocketClient.open(endpoint);
    client.send({ type: 'connection_init', ...(payload && { payload }) });
    await client.next();
    return client;
  }

  send(message: object | string): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: object, operationName?: string): void {
    this.send({ id, type: 'subscribe', payload: { query, variables, operationName } });
  }

  complete(id: string): void {
    this.send({ id, type: 'complete' });
  }

  /** Resolves once the server has taken in what was sent. Messages that arrived before are dropped. */
  async settled(): Promise<void> {
    this.send({ type: 'ping' });
    while ((await this.next()).type !== 'pong');
  }

  /** The next message; rejects when the socket closes first. */
  async next(): Promise<SocketMessage> {
    for (;;) {
      const message = this.#messages.shift();
      if (message) return message;
      if (this.#socket.readyState === WebSocket.CLOSED) throw new Error('the socket is closed');
      await within(new Promise<void>((resolve) => this.#waiting.push(resolve)), 'a message');
    }
  }

  /** Messages that have arrived and were not taken. */
  get pending(): readonly SocketMessage[] {
    return this.#messages;
  }

  /** Stops reading from the network, as a hopelessly slow client does. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  /** Goes away without a word. */
  async vanish(): Promise<void> {
    this.#socket.terminate();
    await this.closed;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
