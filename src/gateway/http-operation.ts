import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayRuntime } from '@graphql-hive/gateway-runtime';
import { GraphQLError } from 'graphql';
import { AuthenticationError } from '../auth/authenticator.js';
import type { Authenticator } from '../auth/authenticator.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { SubgraphCall } from '../subgraph/subgraph.js';
import { asGraphQLError, callerOfRequest, tokenExpired } from './authenticate.js';
import type { OperationContext } from './context.js';
import { wasPreflighted } from './csrf.js';
import { internal } from './errors.js';
import { sendEventStream } from './event-stream.js';
import type { EventStream, OpenStream } from './event-stream.js';
import { readBody } from './http-body.js';

/** Subscriptions to be streamed instead of the runtime's response, by the request that started them. */
export type StreamReplies = WeakMap<Request, EventStream>;

export interface HttpOptions {
  readonly runtime: GatewayRuntime<OperationContext>;
  readonly replies: StreamReplies;
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly maxBodyBytes: number;
}

/** GraphQL over HTTP: POST, GET, and subscriptions as event streams. */
export class HttpOperations {
  readonly #options: HttpOptions;
  readonly #streams = new Set<OpenStream>();

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** Answers one request to the GraphQL endpoint. `target` is its path with the query string. Never rejects. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    target: string,
    requestId: string,
  ): Promise<void> {
    try {
      await this.#answer(request, response, target, requestId);
    } catch (error) {
      if (error instanceof AuthenticationError) {
        response.setHeader('www-authenticate', 'Bearer');
        return refuse(response, 401, asGraphQLError(error));
      }
      // A client that went away while it was still sending is no failure.
      if (response.destroyed) return;
      this.#options.logger.error({ requestId, err: error }, 'a request failed unexpectedly');
      if (response.headersSent) response.destroy();
      else refuse(response, 500, internal(error, requestId));
    }
  }

  /** Ends every open subscription, telling the client why. */
  async endStreams(reason: GraphQLError): Promise<void> {
    const streams = [...this.#streams];
    for (const stream of streams) stream.end(reason);
    await Promise.all(streams.map((stream) => stream.closed));
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    target: string,
    requestId: string,
  ): Promise<void> {
    const { runtime, replies, authenticator, maxBodyBytes } = this.#options;
    const caller = await callerOfRequest(authenticator, request);
    if (!wasPreflighted(request)) return refuse(response, 403, CSRF_PREVENTED);
    const body = request.method === 'POST' ? await readBody(request, maxBodyBytes) : '';
    if (body === undefined) return refuse(response, 413, tooLarge(maxBodyBytes));

    const { Request } = runtime.fetchAPI;
    const forwarded = new Request(new URL(target, 'http://gateway.invalid').href, {
      method: request.method ?? 'GET',
      headers: headersOf(request),
      ...(body === '' ? {} : { body }),
    });
    const answer = await runtime.handleRequest(forwarded, { caller, requestId });
    const stream = replies.get(forwarded);
    if (stream) return this.#stream(stream, response, { caller, requestId });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  }

  async #stream(
    stream: EventStream,
    response: ServerResponse,
    { caller, requestId }: SubgraphCall,
  ): Promise<void> {
    const { clock, logger } = this.#options;
    const open = sendEventStream(stream, response, clock, (error) => {
      logger.error({ requestId, err: error }, 'a subscription failed unexpectedly');
      return internal(error, requestId);
    });
    const cancelExpiry =
      caller.expiresAt === undefined
        ? undefined
        : clock.schedule(caller.expiresAt - clock.now(), () => open.end(tokenExpired()));
    this.#streams.add(open);
    await open.closed;
    this.#streams.delete(open);
    cancelExpiry?.();
  }
}

const CSRF_PREVENTED = new GraphQLError(
  'A browser could send this request from any site: set the content type application/json or the header apollo-require-preflight.',
  { extensions: { code: 'CSRF_PREVENTED' } },
);

function tooLarge(maxBytes: number): GraphQLError {
  const message = `The request body is larger than ${maxBytes} bytes.`;
  return new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' } });
}

function refuse(response: ServerResponse, status: number, error: GraphQLError): void {
  // What was not read of the body is not wanted.
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  response.end(JSON.stringify({ errors: [error] }));
}

function headersOf(request: IncomingMessage): [string, string][] {
  return Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
}
