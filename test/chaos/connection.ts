import { createClient as createEventStreams, type Client as EventStreams } from 'graphql-sse';
import { createClient as createSocket, type Client as Socket } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { ServiceProcess } from './service-process.js';

export interface Question {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** What several subscriptions of a client go over. After a loss the next one goes to the next gateway. */
export interface Connection {
  iterate(question: Question): Promise<AsyncIterable<unknown>>;
  /** Cuts it without a goodbye. */
  drop(): void;
}

export interface ConnectionOptions {
  readonly gateways: readonly ServiceProcess[];
  /** Which gateway is the first. */
  readonly turn: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** One WebSocket (graphql-transport-ws), shared by its subscriptions. */
export class SocketConnection implements Connection {
  readonly #options: ConnectionOptions;
  #turn: number;
  #client: Promise<Socket> | undefined;
  #socket: WebSocket | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#turn = options.turn;
  }

  async iterate(question: Question): Promise<AsyncIterable<unknown>> {
    this.#client ??= this.#open();
    return (await this.#client).iterate(question);
  }

  drop(): void {
    this.#socket?.terminate();
  }

  async #open(): Promise<Socket> {
    const { gateways, headers } = this.#options;
    const gateway = gateways[this.#turn++ % gateways.length];
    const forget = (): void => void (this.#client = undefined);
    try {
      const url = (await gateway?.ready) ?? '';
      return createSocket({
        url: url.replace(/^http/, 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: headers,
        retryAttempts: 0,
        on: {
          opened: (socket) => void (this.#socket = socket instanceof WebSocket ? socket : undefined),
          closed: forget,
        },
      });
    } catch (error) {
      forget();
      throw error;
    }
  }
}

/** One HTTP response of server-sent events for each subscription. */
export class StreamConnection implements Connection {
  readonly #options: ConnectionOptions;
  readonly #open = new Set<EventStreams>();
  #turn: number;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#turn = options.turn;
  }

  async iterate(question: Question): Promise<AsyncIterable<unknown>> {
    const { gateways, headers } = this.#options;
    const url = await gateways[this.#turn % gateways.length]?.ready;
    const client = createEventStreams({ url: url ?? '', headers: { ...headers }, retryAttempts: 0 });
    this.#open.add(client);
    return this.#read(client, question);
  }

  drop(): void {
    for (const client of this.#open) client.dispose();
    this.#open.clear();
  }

  async *#read(client: EventStreams, question: Question): AsyncGenerator<unknown> {
    try {
      yield* client.iterate(question);
    } finally {
      // Whatever ended it, what comes next goes elsewhere.
      if (this.#open.delete(client)) this.#turn += 1;
    }
  }
}
