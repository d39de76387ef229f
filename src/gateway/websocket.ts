import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Kind, OperationTypeNode } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer } from 'graphql-ws';
import type { Server, SubscribePayload } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import { AuthenticationError } from '../auth/authenticator.js';
import type { Authenticator } from '../auth/authenticator.js';
import type { Caller } from '../auth/caller.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { Answer } from './answer.js';
import { callerOfSocket, TOKEN_EXPIRED_REASON } from './authenticate.js';
import { toWire } from './errors.js';
import { requestIdOf } from './request-id.js';
import { serialize } from './serialize.js';
import type { SerializableResult } from './serialize.js';

export interface WebSocketOptions {
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly schema: GraphQLSchema;
  /** Bytes of one message. */
  readonly maxMessageBytes: number;
  /** Milliseconds a client has to send `connection_init`. Default 3,000. */
  readonly initTimeoutMs?: number;
  /** Executes one operation of an established caller. */
  readonly execute: (params: SubscribePayload, caller: Caller, requestId: string) => Promise<Answer>;
}

const PING_MS = 12_000;

/** What belongs to one socket. */
interface Connection {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  caller?: Caller;
  /** JSON of the result that the message being written carries. */
  payload?: string;
  cancelExpiry?: () => void;
}

/**
 * The graphql-transport-ws protocol. Close codes are those of the protocol: 4400 invalid message, 4401 operation
 * before the connection is acknowledged, 4403 no valid token (and, with reason `Token expired`, a token whose time has
 * come), 4406 other sub-protocol, 4408 no `connection_init` in time, 4409 operation id in use, 4429 second
 * `connection_init`; 1001 when this server stops.
 */
export class GraphQLWebSockets {
  readonly #options: WebSocketOptions;
  readonly #sockets: WebSocketServer;
  readonly #protocol: Server<Connection>;

  constructor(options: WebSocketOptions) {
    this.#options = options;
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: options.maxMessageBytes,
      handleProtocols: chooseProtocol,
    });
    this.#protocol = this.#createProtocol();
  }

  /** Takes over the socket of an upgrade request. */
  accept(request: IncomingMessage, duplex: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, duplex, head, (socket) => this.#open({ socket, request }));
  }

  /** Tells every client that the server goes away, and waits until they have. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#sockets.close(() => resolve()));
    for (const socket of this.#sockets.clients) socket.close(1001, 'Going away');
    await closed;
  }

  /** Drops the sockets of clients that did not answer `close`. */
  terminate(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  #open(connection: Connection): void {
    const { socket } = connection;
    const { clock, logger } = this.#options;
    const fail = (err: unknown): void => {
      logger.error({ err }, 'a websocket message failed');
      socket.close(CloseCode.InternalServerError, 'Internal server error');
    };
    const closed = this.#protocol.opened(
      {
        protocol: socket.protocol,
        send: (message) => this.#send(connection, message),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (receive) => socket.on('message', (data) => void receive(textOf(data)).catch(fail)),
      },
      connection,
    );
    const stopPings = keepAlive(socket, clock);
    // The error itself is always followed by a close.
    socket.on('error', (err) => logger.debug({ err }, 'a websocket broke'));
    socket.once('close', (code, reason) => {
      stopPings();
      connection.cancelExpiry?.();
      closed(code, String(reason)).catch((err: unknown) =>
        logger.warn({ err }, 'a subscription did not end well'),
      );
    });
  }

  #send(connection: Connection, message: string): Promise<void> {
    const { socket, payload } = connection;
    delete connection.payload;
    if (socket.readyState !== socket.OPEN) return Promise.resolve();
    // A `next` message ends with the placeholder that was written for its payload.
    const data = payload === undefined ? message : `${message.slice(0, -'null}'.length)}${payload}}`;
    // A failed send is followed by a close, which ends everything that could wait for this.
    return new Promise((resolve) => socket.send(data, () => resolve()));
  }

  #createProtocol(): Server<Connection> {
    const answers = new WeakMap<object, Answer>();
    return makeServer<Record<string, unknown>, Connection>({
      connectionInitWaitTimeout: this.#options.initTimeoutMs ?? 3_000,
      onConnect: ({ extra, connectionParams }) => this.#connect(extra, connectionParams),
      // Executed here, because only here errors of the request as a whole can be answered with an `error` message.
      onSubscribe: async ({ extra }, _id, params) => {
        if (!extra.caller) throw new Error('an operation came before the connection was established');
        const requestId = requestIdOf(undefined);
        const answer = await this.#options.execute(params, extra.caller, requestId);
        if (!('data' in answer) && 'errors' in answer && answer.errors) return [...answer.errors];
        const args = { schema: this.#options.schema, document: ANY_OPERATION };
        answers.set(args, answer);
        return args;
      },
      execute: (args) => answers.get(args) ?? { errors: [] },
      onNext: ({ extra }, _id, _params, _args, result) => new Payload(extra, result),
      onError: (_context, _id, _params, errors) => errors.map((error) => toWire(error).toJSON()),
    });
  }

  async #connect(connection: Connection, params: Record<string, unknown> | undefined): Promise<boolean> {
    const { authenticator, clock } = this.#options;
    const { socket, request } = connection;
    try {
      const caller = await callerOfSocket(authenticator, params, request);
      connection.caller = caller;
      const expire = (): void => socket.close(CloseCode.Forbidden, TOKEN_EXPIRED_REASON);
      if (caller.expiresAt !== undefined && socket.readyState === socket.OPEN) {
        connection.cancelExpiry = clock.schedule(caller.expiresAt - clock.now(), expire);
      }
      return true;
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      if (error.code === 'TOKEN_EXPIRED') socket.close(CloseCode.Forbidden, TOKEN_EXPIRED_REASON);
      return false;
    }
  }
}

const ANY_OPERATION: DocumentNode = {
  kind: Kind.DOCUMENT,
  definitions: [
    {
      kind: Kind.OPERATION_DEFINITION,
      operation: OperationTypeNode.QUERY,
      selectionSet: { kind: Kind.SELECTION_SET, selections: [] },
    },
  ],
};

/** Stands for a result in a `next` message. Results are serialized once for all who read them. */
class Payload {
  readonly data = null;
  readonly #connection: Connection;
  readonly #result: SerializableResult;

  constructor(connection: Connection, result: SerializableResult) {
    this.#connection = connection;
    this.#result = result;
  }

  /** Called when the message is written, right before it is sent. */
  toJSON(): null {
    this.#connection.payload = serialize(this.#result);
    return null;
  }
}

function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString() : '';
}

/** Accepts any sub-protocol: only a socket that is open can be closed with a code that says what was wrong. */
function chooseProtocol(offered: Set<string>): string | false {
  if (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL)) return GRAPHQL_TRANSPORT_WS_PROTOCOL;
  return [...offered][0] ?? false;
}

/** Pings a client, and drops it when the pong is late. */
function keepAlive(socket: WebSocket, clock: Clock): () => void {
  let alive = true;
  let cancel = (): void => undefined;
  socket.on('pong', () => (alive = true));
  const check = (): void => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
    cancel = clock.schedule(PING_MS, check);
  };
  cancel = clock.schedule(PING_MS, check);
  return () => cancel();
}
