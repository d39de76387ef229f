import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import { createTimedServer } from '../subgraph/timed-server.js';
import type { RequestTimes } from '../subgraph/timed-server.js';
import { isTicketRequest } from '../subgraph/tickets/tickets.js';
import { handleCors, isAllowedOrigin } from './cors.js';
import { GATEWAY_CODES } from './errors.js';
import type { HttpOperations } from './http-operation.js';
import { isLocalName } from './local-name.js';
import { requestIdOf } from '../request-id.js';
import type { GraphQLWebSockets } from './websocket.js';

/** Answers a request that is not GraphQL; false when it is not meant for it. */
export type Route = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface ServeOptions {
  readonly http: HttpOperations;
  readonly webSockets: GraphQLWebSockets;
  /** Origins whose pages may use this server. */
  readonly cors: readonly string[];
  /** Whether requests for other names than those of this machine are refused. */
  readonly localNamesOnly: boolean;
  /** Asked in this order for what is not GraphQL. */
  readonly routes: readonly Route[];
  /** Milliseconds that requests in flight have to finish when stopping. */
  readonly stopTimeoutMs: number;
  readonly requestTimes?: Partial<RequestTimes> | undefined;
}

const ENDPOINT = '/graphql';
const ORIGIN = 'http://gateway.invalid';
const ENDPOINT_URL = new URL(ENDPOINT, ORIGIN);

/** One port for everything: GraphQL over HTTP and WebSocket at `/graphql`, and the other routes. */
export class GatewayServer {
  readonly #options: ServeOptions;
  readonly #server: Server;
  #stopping = false;

  constructor(options: ServeOptions) {
    this.#options = options;
    this.#server = createTimedServer(
      (request, response) => this.#handle(request, response),
      isTicketRequest,
      options.requestTimes,
    );
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** @returns the port it listens on. */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  /**
   * Takes no new connections, tells subscribers to go elsewhere, lets requests in flight finish; whoever has not
   * left after the time limit is dropped.
   */
  async stop(): Promise<void> {
    this.#stopping = true;
    const { http, webSockets, stopTimeoutMs } = this.#options;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const drop = setTimeout(() => {
      webSockets.terminate();
      this.#server.closeAllConnections();
    }, stopTimeoutMs);
    await Promise.all([webSockets.close(), http.endStreams(SERVER_STOPPING)]);
    this.#server.closeIdleConnections();
    await closed;
    clearTimeout(drop);
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const requestId = requestIdOf(request.headers['x-request-id']);
    response.setHeader('x-request-id', requestId);
    if (this.#stopping) response.setHeader('connection', 'close');
    response.once('finish', () => {
      if (this.#stopping) setImmediate(() => this.#server.closeIdleConnections());
    });
    if (this.#isMisdirected(request)) {
      response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('This server is for this machine alone: call it localhost.\n');
      return;
    }
    if (handleCors(request, response, this.#options.cors)) return;
    const url = urlOf(request);
    if (url?.pathname === ENDPOINT) {
      void this.#options.http.answer(request, response, url.searchParams, requestId);
      return;
    }
    if (url && this.#options.routes.some((route) => route(request, response))) return;
    response.writeHead(url ? 404 : 400, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(url ? 'There is nothing at this address.\n' : 'The address cannot be read.\n');
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (urlOf(request)?.pathname !== ENDPOINT) return refuse(socket, '404 Not Found');
    if (this.#isMisdirected(request)) return refuse(socket, '421 Misdirected Request');
    if (!isAllowedOrigin(request, this.#options.cors)) return refuse(socket, '403 Forbidden');
    if (this.#stopping) return refuse(socket, '503 Service Unavailable');
    if (!this.#options.webSockets.accept(request, socket, head)) refuse(socket, '503 Service Unavailable');
  }

  #isMisdirected({ headers: { host } }: IncomingMessage): boolean {
    return this.#options.localNamesOnly && !isLocalName(host);
  }
}

const SERVER_STOPPING = new GraphQLError(GATEWAY_CODES.SERVER_STOPPING, {
  extensions: { code: 'SERVER_STOPPING', isRetryable: true },
});

function urlOf(request: IncomingMessage): URL | undefined {
  const target = request.url ?? '/';
  // Nearly every request: no need to read it each time.
  if (target === ENDPOINT) return ENDPOINT_URL;
  return URL.canParse(target, ORIGIN) ? new URL(target, ORIGIN) : undefined;
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
