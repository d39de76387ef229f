import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { ServiceProcess } from './service-process.js';

/** One client's socket, shared by its subscriptions. After a loss the next one goes to the next service. */
export class Connection {
  readonly #services: readonly ServiceProcess[];
  readonly #connectionParams: () => Record<string, string>;
  #turn: number;
  #client: Promise<Client> | undefined;
  #socket: WebSocket | undefined;

  /** @param connectionParams what tells a service who is calling, fresh for each socket. */
  constructor(
    services: readonly ServiceProcess[],
    turn: number,
    connectionParams: () => Record<string, string>,
  ) {
    this.#services = services;
    this.#turn = turn;
    this.#connectionParams = connectionParams;
  }

  /** The client on the present socket, or on a new one. */
  client(): Promise<Client> {
    this.#client ??= this.#open();
    return this.#client;
  }

  /** Cuts the socket without a goodbye. */
  drop(): void {
    this.#socket?.terminate();
  }

  async #open(): Promise<Client> {
    const service = this.#services[this.#turn++ % this.#services.length];
    const forget = (): void => void (this.#client = undefined);
    try {
      const url = (await service?.ready) ?? '';
      return createClient({
        url: url.replace(/^http/, 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: this.#connectionParams,
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
