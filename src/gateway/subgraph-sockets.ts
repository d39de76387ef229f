import { createClient } from 'graphql-ws';
import type { Client, Sink, SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Caller } from '../auth/caller.js';
import { SIGNED_OPERATION, SIGNED_SOCKET } from '../auth/signed-context.js';
import type { Clock } from '../clock.js';
import { ownerKey } from '../owner.js';
import type { SubgraphCall } from '../subgraph/subgraph.js';

export interface SubgraphSocketsOptions {
  readonly url: string;
  /** What proves who calls: to be sent with this body, or to open a socket. */
  readonly headers: (call: SubgraphCall, body: string) => Record<string, string>;
  readonly clock: Clock;
}

/** A place on a socket, for one operation at a time. */
export interface Seat {
  /** Subscribes, over a new socket when the last one has gone. The returned function ends it. */
  subscribe(payload: SubscribePayload, sink: Sink<unknown>): () => void;
  /** Milliseconds since the epoch: when the service was last heard to be there although nothing happened. */
  readonly heardAt: number;
  leave(): void;
}

/** The longest answer that a service may give, and the longest event, bytes. */
export const MAX_ANSWER_BYTES = 20_000_000;
const PING_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
const IDLE_MS = 1_000;
/** Operations on one socket: what is lost with it, and what waits for the same buffer, is limited. */
const MAX_OPERATIONS = 250;

/**
 * Sockets to a subgraph service: one for all subscriptions of a caller with the same scopes, and further ones where they
 * are very many. Two callers never share one. It closes a moment after the last subscription has ended.
 */
export class SubgraphSockets {
  readonly #options: SubgraphSocketsOptions;
  readonly #sockets = new Map<string, Set<SubgraphSocket>>();

  constructor(options: SubgraphSocketsOptions) {
    this.#options = options;
  }

  /** @param call an object of its own for each subscription, asked again whenever it must be proved who calls */
  join(call: SubgraphCall): Seat {
    const { tenant, subject, scopes } = call.caller;
    const key = JSON.stringify([ownerKey({ tenant, subject }), [...scopes].sort()]);
    const sockets = this.#sockets.get(key) ?? new Set();
    this.#sockets.set(key, sockets);
    for (const socket of sockets) if (socket.size < MAX_OPERATIONS) return socket.join(call);
    const socket = new SubgraphSocket(this.#options, () => {
      sockets.delete(socket);
      if (sockets.size === 0 && this.#sockets.get(key) === sockets) this.#sockets.delete(key);
    });
    sockets.add(socket);
    return socket.join(call);
  }

  close(): void {
    for (const sockets of this.#sockets.values()) for (const socket of sockets) socket.close();
  }
}

class LimitedSocket extends WebSocket {
  constructor(url: string, protocols: string | string[]) {
    super(url, protocols, { maxPayload: MAX_ANSWER_BYTES });
  }
}

class SubgraphSocket {
  readonly #options: SubgraphSocketsOptions;
  readonly #client: Client;
  /** Of those who are on it. */
  readonly #calls = new Set<SubgraphCall>();
  #cancelSilence = (): void => undefined;
  readonly #onUnused: () => void;
  #heardAt = 0;
  #isOpen = false;

  /** @param onUnused called when it has closed and nobody is on it. */
  constructor(options: SubgraphSocketsOptions, onUnused: () => void) {
    this.#options = options;
    this.#onUnused = onUnused;
    const { url, headers, clock } = options;
    this.#client = createClient({
      url,
      webSocketImpl: LimitedSocket,
      connectionParams: () => headers(this.#longest(), SIGNED_SOCKET),
      connectionAckWaitTimeout: PONG_WITHIN_MS,
      lazyCloseTimeout: IDLE_MS,
      retryAttempts: 0,
      keepAlive: PING_MS,
      on: {
        ping: (received) => {
          if (!received) this.#cancelSilence = clock.schedule(PONG_WITHIN_MS, () => this.#client.terminate());
        },
        pong: (received) => {
          if (received) this.#cancelSilence();
          this.#heardAt = clock.now();
        },
        connecting: () => (this.#isOpen = true),
        closed: () => {
          this.#isOpen = false;
          this.#cancelSilence();
          this.#endUnused();
        },
      },
    });
  }

  get size(): number {
    return this.#calls.size;
  }

  join(call: SubgraphCall): Seat {
    this.#calls.add(call);
    const heardAt = (): number => this.#heardAt;
    return {
      subscribe: (payload, sink) => this.#client.subscribe(this.#signed(call, payload), sink),
      get heardAt() {
        return heardAt();
      },
      leave: () => {
        this.#calls.delete(call);
        this.#endUnused();
      },
    };
  }

  close(): void {
    this.#client.terminate();
  }

  #endUnused(): void {
    if (!this.#isOpen && this.#calls.size === 0) this.#onUnused();
  }

  /** Each operation says for itself who asks: the right that the socket was opened with may be over. */
  #signed(call: SubgraphCall, payload: SubscribePayload): SubscribePayload {
    const headers = this.#options.headers(call, payload.query);
    return { ...payload, extensions: { ...payload.extensions, [SIGNED_OPERATION]: headers } };
  }

  /** Of those who are on it, the one who may call longest: all are the same caller, and nobody ends with another's token. */
  #longest(): SubgraphCall {
    const endOf = ({ expiresAt = Infinity }: Caller): number => expiresAt;
    const [longest] = [...this.#calls].sort((one, other) => endOf(other.caller) - endOf(one.caller));
    if (longest === undefined) throw new Error('nobody is on this socket any more');
    return longest;
  }
}
