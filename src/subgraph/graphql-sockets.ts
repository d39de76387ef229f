import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import type { Server } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';

/** An open socket. */
export interface SocketConnection {
  readonly socket: WebSocket;
  /** What its frames are written to. */
  readonly stream: Duplex;
  /** Of the request it began with, until they are taken. */
  headers: IncomingHttpHeaders;
}

export interface SocketOptions<Connection extends SocketConnection> {
  readonly protocol: Server<Connection>;
  /** Bytes of one message. */
  readonly maxMessageBytes: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whatever else belongs to one connection. */
  readonly connect: (connection: SocketConnection) => Connection;
  /** Sends one message of the protocol. Never rejects: what fails is followed by a close. */
  readonly send?: (connection: Connection, message: string) => Promise<void>;
  readonly onClose?: (connection: Connection) => void;
}

const PING_MS = 12_000;

/**
 * Sockets that speak the graphql-transport-ws protocol. Close codes are those of the protocol: 4400 invalid message,
 * 4401 operation before the connection is acknowledged, 4403 not let in, 4406 other sub-protocol, 4408 no
 * `connection_init` in time, 4409 operation id in use, 4429 second `connection_init`; 1001 when this server stops.
 */
export class GraphqlSockets<Connection extends SocketConnection> {
  readonly #options: SocketOptions<Connection>;
  readonly #sockets: WebSocketServer;

  constructor(options: SocketOptions<Connection>) {
    this.#options = options;
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: options.maxMessageBytes,
      handleProtocols: chooseProtocol,
    });
  }

  /** How many are open. */
  get size(): number {
    return this.#sockets.clients.size;
  }

  /** Takes over the socket of an upgrade request. */
  accept(request: IncomingMessage, duplex: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, duplex, head, (socket) =>
      this.#open(this.#options.connect({ socket, stream: duplex, headers: request.headers })),
    );
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
    const { protocol, clock, logger, send = sendText, onClose } = this.#options;
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (message) => send(connection, message),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (receive) =>
          socket.on(
            'message',
            (data) => void receive(textOf(data)).catch((err: unknown) => this.#fail(socket, err)),
          ),
      },
      connection,
    );
    const stopPings = keepAlive(socket, clock);
    // The error itself is always followed by a close.
    socket.on('error', (err) => logger.debug({ err }, 'a websocket broke'));
    socket.once('close', (code, reason) => {
      stopPings();
      onClose?.(connection);
      closed(code, String(reason)).catch((err: unknown) =>
        logger.warn({ err }, 'a subscription did not end well'),
      );
    });
  }

  #fail(socket: WebSocket, err: unknown): void {
    // A message of the protocol, but one that only servers send.
    if (err instanceof Error && err.message.startsWith('Unexpected message of type'))
      return socket.close(CloseCode.BadRequest, 'Unexpected message');
    this.#options.logger.error({ err }, 'a websocket message failed');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  }
}

const TAKEN: IncomingHttpHeaders = {};

/** The headers a connection began with, which it keeps no longer: they weigh more than all else of an idle one. */
export function takeHeaders(connection: SocketConnection): IncomingHttpHeaders {
  const { headers } = connection;
  connection.headers = TAKEN;
  return headers;
}

/** Sends a message, and waits until it has left. */
export function sendText({ socket }: SocketConnection, message: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  // A failed send is followed by a close, which ends everything that could wait for this.
  return new Promise((resolve) => socket.send(message, () => resolve()));
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
