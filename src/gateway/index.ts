import type { Executor } from '@graphql-tools/utils';
import type { Authenticator } from '../auth/authenticator.js';
import type { Caller } from '../auth/caller.js';
import type { Clock } from '../clock.js';
import type { RequestTimes } from '../subgraph/timed-server.js';
import type { Logger } from '../log.js';
import type { Subgraph } from '../subgraph/subgraph.js';
import type { Composition, SubgraphSdl } from './compose.js';
import { Documents } from './documents.js';
import { createErrorMask, internal } from './errors.js';
import { explorerPages } from './explorer.js';
import type { ExplorerOptions } from './explorer.js';
import { HttpOperations } from './http-operation.js';
import type { StreamReplies } from './http-operation.js';
import { DEFAULT_LIMITS } from './limits.js';
import type { Limits } from './limits.js';
import { readKeptGraph } from './kept-graph.js';
import { localExecutor } from './local-executor.js';
import { pipeOperations } from './operation.js';
import { RemoteExecutor } from './remote-executor.js';
import { reply } from './reply.js';
import { createRuntime } from './runtime.js';
import { GatewayServer } from './serve.js';
import type { Route } from './serve.js';
import { Sharer } from './share.js';
import { StartError } from './start-error.js';
import { validateWithinLimits } from './validation.js';
import { GraphQLWebSockets } from './websocket.js';

export type { Example } from './example.js';
export type { Limits } from './limits.js';
export { StartError } from './start-error.js';

/** A subgraph of this process, or one that is a service of its own. */
export type SubgraphSource =
  | { readonly name: string; readonly sdl: string; readonly local: Subgraph }
  | { readonly name: string; readonly sdl: string; readonly url: string };

export interface GatewayOptions {
  readonly subgraphs: readonly SubgraphSource[];
  readonly authenticator: Authenticator;
  /** Headers that tell a subgraph service, verifiably, who is calling. Needed when a subgraph has a URL. */
  readonly contextHeaders?: (caller: Caller, requestId: string) => Record<string, string>;
  readonly clock: Clock;
  readonly logger: Logger;
  /**
   * Answers only those who call this machine by a local name, because nobody has to say who they are: a page from
   * anywhere could let its own name lead to this machine. Default false.
   */
  readonly localNamesOnly?: boolean;
  /** Origins whose pages may use the gateway; pages of the gateway itself always may. */
  readonly cors: readonly string[];
  /** Whether clients may ask for the schema. Without it, error messages suggest no names either. */
  readonly introspection: boolean;
  /** Serves pages to try the graph in. */
  readonly landingPages?: ExplorerOptions;
  readonly limits?: Partial<Limits>;
  /** Answers what is not GraphQL, before the landing pages; true when it did. */
  readonly extraRoutes?: Route;
  /** Events that wait for one slow subscriber before older ones are dropped. Default 16. */
  readonly queueLimit?: number;
  /** Milliseconds a subgraph service has for an answer. Default 60,000. */
  readonly remoteTimeoutMs?: number;
  /** Milliseconds a client has to send `connection_init`. Default 3,000. */
  readonly initTimeoutMs?: number;
  /** Milliseconds that requests in flight have to finish when stopping. Default 10,000. */
  readonly stopTimeoutMs?: number;
  /** How long clients may take to send requests. */
  readonly requestTimes?: Partial<RequestTimes>;
}

/** One graph over all subgraphs, ready to be served. */
export interface Gateway {
  /** False before `listen` and as soon as `stop` was called. */
  readonly ready: boolean;
  /** Base URL, without path. Empty before `listen`. */
  readonly url: string;
  /** @returns the base URL. Port 0 takes a free one. */
  listen(address: { host: string; port: number }): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Composes the subgraphs and loads the graph; `listen` then serves it.
 * @throws StartError when subgraphs contradict each other or a subgraph service cannot be reached.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { authenticator, clock, logger, introspection } = options;
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const composition = await graphOf(options.subgraphs);
  const { executors, remotes } = connect(options);
  const disconnect = async (): Promise<void> =>
    void (await Promise.all(remotes.map((remote) => remote.close())));
  try {
    await Promise.all(remotes.map((remote) => remote.probe()));
  } catch (error) {
    await disconnect();
    throw error;
  }

  const documents = new Documents(limits);
  const mask = createErrorMask({ logger, hideSuggestions: !introspection });
  const sharer = new Sharer(options.queueLimit);
  const replies: StreamReplies = new WeakMap();
  const runtime = createRuntime({
    composition,
    executors,
    plugins: [
      pipeOperations({ documents, sharer, mask, clock, logger }),
      validateWithinLimits({ documents, limits, introspection, secretChecks: composition.secretChecks }),
      reply(mask, replies),
    ],
  });
  await runtime.getSchema();

  const http = new HttpOperations({
    runtime,
    replies,
    authenticator,
    clock,
    logger,
    maxBodyBytes: limits.bodyBytes,
  });
  const socketRequest = new runtime.fetchAPI.Request('http://gateway.invalid/graphql', { method: 'POST' });
  const webSockets = new GraphQLWebSockets({
    authenticator,
    clock,
    logger,
    schema: composition.apiSchema,
    maxMessageBytes: limits.bodyBytes,
    ...(options.initTimeoutMs !== undefined && { initTimeoutMs: options.initTimeoutMs }),
    execute: async ({ query, variables, operationName }, caller, requestId) => {
      const params = { query, variables: variables ?? {}, ...(operationName && { operationName }) };
      const answer = await runtime.getResultForParams(
        { params, request: socketRequest },
        { caller, requestId },
      );
      return answer ?? { errors: [internal(undefined, requestId)] };
    },
  });
  const server = new GatewayServer({
    http,
    webSockets,
    cors: options.cors,
    localNamesOnly: options.localNamesOnly ?? false,
    routes: [
      ...(options.extraRoutes ? [options.extraRoutes] : []),
      ...(options.landingPages ? [explorerPages(options.landingPages, logger)] : []),
    ],
    stopTimeoutMs: options.stopTimeoutMs ?? 10_000,
    requestTimes: options.requestTimes,
  });

  let url = '';
  let ready = false;
  return {
    get ready() {
      return ready;
    },
    get url() {
      return url;
    },
    async listen({ host, port }) {
      url = `http://${host.includes(':') ? `[${host}]` : host}:${await server.listen(host, port)}`;
      ready = true;
      return url;
    },
    async stop() {
      ready = false;
      await server.stop();
      await runtime.dispose();
      await disconnect();
    },
  };
}

async function graphOf(subgraphs: readonly SubgraphSdl[]): Promise<Composition> {
  const kept = readKeptGraph(subgraphs);
  if (kept) return kept;
  const { compose } = await import('./compose.js');
  return compose(subgraphs);
}

function connect(options: GatewayOptions): { executors: Map<string, Executor>; remotes: RemoteExecutor[] } {
  const { clock, logger, contextHeaders, remoteTimeoutMs } = options;
  const executors = new Map<string, Executor>();
  const remotes: RemoteExecutor[] = [];
  for (const subgraph of options.subgraphs) {
    if ('local' in subgraph) {
      executors.set(subgraph.name, localExecutor(subgraph.local));
      continue;
    }
    if (!contextHeaders) {
      throw new StartError(`Subgraph "${subgraph.name}" is remote, and there is no key to sign calls to it.`);
    }
    const remote = new RemoteExecutor(subgraph, {
      contextHeaders: ({ caller, requestId }) => contextHeaders(caller, requestId),
      clock,
      logger,
      ...(remoteTimeoutMs !== undefined && { timeoutMs: remoteTimeoutMs }),
    });
    remotes.push(remote);
    executors.set(subgraph.name, remote.execute);
  }
  return { executors, remotes };
}
