import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import {
  ApolloServerPluginLandingPageLocalDefault,
  ApolloServerPluginLandingPageProductionDefault,
} from '@apollo/server/plugin/landingPage/default';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import type { ErrorRequestHandler } from 'express';
import { isAsyncIterable } from '@graphql-tools/utils';
import { GraphQLError } from 'graphql';
import type { ExecutionArgs } from 'graphql';
import { CloseCode, makeServer } from 'graphql-ws';
import { z } from 'zod';
import { AuthenticationError } from '../auth/authenticator.js';
import { tellTurnedAway } from '../auth/turn-away.js';
import type { RefusalPlace } from '../auth/turn-away.js';
import { SIGNED_OPERATION, SIGNED_SOCKET } from '../auth/signed-context.js';
import { eachWithCallBudget, withCallBudget } from '../call-budget.js';
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import { ORIGIN, originOf } from '../event-origin.js';
import { listenProblem } from '../config/index.js';
import { GraphqlSockets, takeHeaders } from './graphql-sockets.js';
import type { SocketConnection } from './graphql-sockets.js';
import { createTimedServer } from './timed-server.js';
import type { RequestTimes } from './timed-server.js';
import type { Audit } from '../audit.js';
import type { Logger } from '../log.js';
import { requestIdOf } from '../request-id.js';
import { span } from '../spans.js';
import type { SpanStart } from '../spans.js';
import type { Subgraph, SubgraphCall } from './subgraph.js';
import { subscribe } from './subscribe.js';
import { isTicketRequest } from './tickets/tickets.js';

/** Headers of a request, or the connection parameters of a socket, by lower-case name. */
export type Presented = Readonly<Record<string, string | undefined>>;

/**
 * Establishes who calls, from what is presented; `endsAt` is when a socket of this caller has to end, epoch ms.
 * @param body what a signature must cover: the body of the request, or `SIGNED_SOCKET`. @throws AuthenticationError
 */
export type Identify = (
  presented: Presented,
  body: string | Buffer,
) => Promise<SubgraphCall & { readonly endsAt?: number | undefined }>;

export interface ServeSubgraphOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly identify: Identify;
  /** Calls to its provider that one request may make. Default: any number. */
  readonly maxProviderCalls?: number;
  /** Bytes of a request at the most. Default 2,000,000. */
  readonly maxBodyBytes?: number;
  /** Apollo's landing page and introspection. */
  readonly explorable: boolean;
  /** Answers what is not GraphQL, such as health; true when it did. */
  readonly extraRoutes?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Milliseconds that requests in flight have to finish when stopping. Default 10,000. */
  readonly stopTimeoutMs?: number;
  readonly logger: Logger;
  /** Where who is turned away leaves a record. Default: nowhere. */
  readonly audit?: Audit | undefined;
  /** By which sockets are kept alive, and end. Default: that of the machine. */
  readonly clock?: Clock;
  /** How long clients may take to send requests. */
  readonly requestTimes?: Partial<RequestTimes>;
}

export interface ServedSubgraph {
  readonly url: string;
  stop(): Promise<void>;
}

const PATH = '/graphql';
const MAX_BODY_BYTES = 2_000_000;

/** Serves one subgraph as a service of its own: GraphQL over HTTP, and subscriptions over graphql-transport-ws, at `/graphql`. */
export async function serveSubgraph(
  subgraph: Subgraph,
  options: ServeSubgraphOptions,
): Promise<ServedSubgraph> {
  const app = express();
  const { stopTimeoutMs = 10_000, maxProviderCalls = Infinity } = options;
  const httpServer = createTimedServer(
    (request, response) => {
      if (!options.extraRoutes?.(request, response)) app(request, response);
    },
    isTicketRequest,
    options.requestTimes,
  );
  // No connection ends while a gateway, which keeps it for a shorter time, may still use it.
  httpServer.keepAliveTimeout = 65_000;
  const sockets = subgraphSockets(subgraph, options);
  httpServer.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?', 1)[0] === PATH) sockets.accept(request, socket, head);
    else socket.destroy();
  });
  const maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES;
  const bodies = new WeakMap<IncomingMessage, Buffer>();
  const placeOf = placesOf(subgraph);
  const server = new ApolloServer<object>({
    schema: subgraph.schema,
    introspection: options.explorable,
    includeStacktraceInErrorResponses: false,
    logger: silent,
    // Whoever runs the process stops it, and more than this server.
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      options.explorable
        ? ApolloServerPluginLandingPageLocalDefault({ embed: { runTelemetry: false } })
        : ApolloServerPluginLandingPageProductionDefault({ footer: false }),
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: stopTimeoutMs }),
    ],
  });
  await server.start();
  app.post(PATH, ({ headers: { traceparent } }, response, next) => {
    void span(stepOf(subgraph, traceparent), () => untilAnswered(response, next));
  });
  app.use(
    PATH,
    express.json({
      limit: maxBodyBytes,
      verify: (request, _response, body) => bodies.set(request, body),
    }),
    expressMiddleware(server, {
      context: async ({ req, res }) => {
        try {
          const call = await options.identify(presentedBy(req.headers), bodies.get(req) ?? '');
          void withCallBudget(call.requestId, maxProviderCalls, () => closed(res));
          return subgraph.contextFor(call);
        } catch (error) {
          if (!(error instanceof AuthenticationError)) throw error;
          tellTurnedAway(error, placeOf('http', req.headers['x-request-id']), options);
          throw new GraphQLError(error.message, { extensions: { code: error.code, http: { status: 401 } } });
        }
      },
    }),
  );
  app.use(refuseUnreadable);
  await new Promise<void>((resolve, reject) => {
    httpServer.once('error', (error) => reject(listenProblem(error, options.port)));
    httpServer.listen(options.port, options.host, resolve);
  });
  const address = httpServer.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  options.logger.info({ subgraph: subgraph.name, port }, 'subgraph is listening');
  return {
    url: `http://${options.host}:${port}/graphql`,
    async stop() {
      const drop = setTimeout(() => sockets.terminate(), stopTimeoutMs);
      await Promise.all([sockets.close(), server.stop()]);
      clearTimeout(drop);
    },
  };
}

function placesOf({
  name,
}: Subgraph): (transport: RefusalPlace['transport'], requestId?: string | string[]) => RefusalPlace {
  return (transport, requestId) => ({ transport, requestId: requestIdOf(requestId), subgraph: name });
}

async function untilAnswered(response: ServerResponse, next: () => void): Promise<void> {
  const answered = closed(response);
  next();
  await answered;
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed) resolve();
    else response.once('close', resolve);
  });
}

/** @param trace what the call is part of, as it was presented */
function stepOf({ name }: Subgraph, trace: unknown): SpanStart {
  return {
    name: `subgraph ${name}`,
    kind: 'server',
    facts: { subgraph: name },
    under: typeof trace === 'string' ? trace : undefined,
  };
}

interface Connection extends SocketConnection {
  call?: SubgraphCall;
  trace?: unknown;
  cancelEnd?: () => void;
}

/** What an operation on a socket goes back to. */
interface Cause {
  readonly requestId: string;
  readonly trace: unknown;
}

function subgraphSockets(subgraph: Subgraph, options: ServeSubgraphOptions): GraphqlSockets<Connection> {
  const { clock = systemClock, maxProviderCalls = Infinity } = options;
  const placeOf = placesOf(subgraph);
  // By what comes along with an operation: its payload, then its context.
  const signed = new WeakMap<object, { readonly call: SubgraphCall; readonly trace: unknown }>();
  const causes = new WeakMap<object, Cause>();
  const causeOf = ({ contextValue: context }: ExecutionArgs): Cause => {
    const cause = typeof context === 'object' && context !== null ? causes.get(context) : undefined;
    if (!cause) throw new Error('an operation came without a context');
    return cause;
  };
  return new GraphqlSockets({
    protocol: makeServer<Record<string, unknown>, Connection>({
      schema: subgraph.schema,
      onConnect: async ({ connectionParams, extra }) => {
        try {
          // Once per socket: a signature is dated, and the socket may outlive its validity.
          const { authorization } = takeHeaders(extra);
          const { endsAt, ...call } = await options.identify(
            presentedBy({ authorization, ...connectionParams }),
            SIGNED_SOCKET,
          );
          extra.call = call;
          extra.trace = connectionParams?.['traceparent'];
          const end = (): void => extra.socket.close(CloseCode.Forbidden, 'Access token expired');
          if (endsAt !== undefined) extra.cancelEnd = clock.schedule(endsAt - clock.now(), end);
          return true;
        } catch (error) {
          if (!(error instanceof AuthenticationError)) throw error;
          tellTurnedAway(error, placeOf('websocket'), options);
          return false;
        }
      },
      onSubscribe: async (_context, _id, payload) => {
        const given = operationHeaders.safeParse(payload.extensions).data?.[SIGNED_OPERATION];
        if (!given) return;
        try {
          const { endsAt, ...call } = await options.identify(presentedBy(given), payload.query);
          // Only a gateway ends by itself what has run out.
          if (endsAt !== undefined) throw new AuthenticationError('UNAUTHENTICATED');
          signed.set(payload, { call, trace: given['traceparent'] });
        } catch (error) {
          if (!(error instanceof AuthenticationError)) throw error;
          tellTurnedAway(error, placeOf('websocket'), options);
          return [new GraphQLError(error.message, { extensions: { code: error.code } })];
        }
      },
      context: ({ extra }, _id, payload) => {
        const { call, trace } = signed.get(payload) ?? extra;
        if (!call) throw new AuthenticationError('UNAUTHENTICATED');
        const context = subgraph.contextFor(call);
        causes.set(context, { requestId: call.requestId, trace });
        return context;
      },
      subscribe(args) {
        const { requestId, trace } = causeOf(args);
        return span(stepOf(subgraph, trace), async () => {
          const answer = await withCallBudget(requestId, maxProviderCalls, () => subscribe(args));
          return isAsyncIterable(answer) ? eachWithCallBudget(requestId, maxProviderCalls, answer) : answer;
        });
      },
      onNext(_context, _id, payload, _args, result) {
        // For our gateways alone: others would hand it on.
        const origin = signed.has(payload) ? originOf(result) : undefined;
        if (!origin) return undefined;
        const { data, errors } = result;
        const told = errors && { errors: errors.map((error) => error.toJSON()) };
        return { data: data ?? null, ...told, extensions: { [ORIGIN]: origin } };
      },
    }),
    maxMessageBytes: options.maxBodyBytes ?? MAX_BODY_BYTES,
    clock,
    logger: options.logger,
    connect: (opened): Connection => opened,
    onClose: ({ cancelEnd }) => cancelEnd?.(),
  });
}

const operationHeaders = z.object({ [SIGNED_OPERATION]: z.record(z.string(), z.string()) });

/** Express would tell the client, and the console, a stack. It takes a function of four parameters for an error handler. */
const refuseUnreadable: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  const status = httpStatus.safeParse(error).data?.status ?? 500;
  response.status(status).json({
    errors: [{ message: 'The request cannot be read.', extensions: { code: 'BAD_REQUEST' } }],
  });
};

const httpStatus = z.object({ status: z.int().min(400).max(499) });

// Apollo Server writes notices of its own; what matters is logged by us.
const silent = { debug() {}, info() {}, warn() {}, error() {} };

function presentedBy(
  source: IncomingHttpHeaders | Readonly<Record<string, unknown>> | null | undefined,
): Presented {
  return Object.fromEntries(
    Object.entries(source ?? {}).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? value : undefined,
    ]),
  );
}
