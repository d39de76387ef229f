import type { Authenticator } from '../auth/authenticator.js';
import type { Clock } from '../clock.js';
import type { RequestTimes } from '../subgraph/timed-server.js';
import type { Logger } from '../log.js';
import type { TrustedDocument } from '../config/index.js';
import type { Composition, SubgraphSdl } from './compose.js';
import { connectSubgraphs } from './connect-subgraphs.js';
import type { SubgraphSource } from './connect-subgraphs.js';
import { Documents } from './documents.js';
import { createErrorMask } from './errors.js';
import { explorerPages } from './explorer.js';
import type { ExplorerOptions } from './explorer.js';
import { HttpOperations } from './http-operation.js';
import { DEFAULT_LIMITS, limitRule } from './limits.js';
import type { Limits } from './limits.js';
import { readKeptGraph } from './kept-graph.js';
import { NullForbidden } from './null-forbidden.js';
import { Operations } from './operation.js';
import { OperationCosts } from './operation-cost.js';
import type { ContextHeaders, RemoteOptions } from './remote-executor.js';
import { GatewayServer } from './serve.js';
import type { Route } from './serve.js';
import { UNLIMITED } from '../rates/rates.js';
import type { Rates } from '../rates/rates.js';
import { Sharer } from './share.js';
import { singleSecretCheck } from './single-secret-check.js';
import { Tally } from './tally.js';
import { TrustedDocuments } from './trusted-documents.js';
import { validationRules } from './validation-rules.js';
import { GraphQLWebSockets } from './websocket.js';

export type { SubgraphSource } from './connect-subgraphs.js';
export type { Example } from './example.js';
export type { Limits } from './limits.js';
export { StartError } from './start-error.js';

export interface GatewayOptions {
  readonly subgraphs: readonly SubgraphSource[];
  readonly authenticator: Authenticator;
  /** Headers that tell a subgraph service, verifiably, who is calling. Needed when a subgraph has a URL. */
  readonly contextHeaders?: ContextHeaders;
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
  /** How much callers may do. Default: as much as they like. */
  readonly rates?: Rates;
  /** The operations that may run; no others may. Default: all may. */
  readonly trustedDocuments?: readonly TrustedDocument[] | undefined;
  /** Answers what is not GraphQL, before the landing pages; true when it did. */
  readonly extraRoutes?: Route;
  /** Events that wait for one slow subscriber before older ones are dropped. Default 16. */
  readonly queueLimit?: number;
  /** Milliseconds a subgraph service has for the answer to a mutation. Default 60,000. */
  readonly remoteTimeoutMs?: number;
  /** Milliseconds a subgraph service has for any other answer. Default 15,000. */
  readonly remoteReadTimeoutMs?: number;
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
  const connected = await connectSubgraphs(composition, options.subgraphs, remoteOptions(options));
  const { apiSchema: schema, secretChecks, prices } = composition;
  const nullForbidden = new NullForbidden();
  const operations = new Operations({
    schema,
    nullForbidden,
    execute: connected.execute,
    documents: new Documents({
      schema,
      limits,
      rules: [
        ...validationRules({ introspection }),
        limitRule(limits),
        singleSecretCheck(secretChecks),
        nullForbidden.rule,
      ],
    }),
    sharer: new Sharer(options.queueLimit),
    mask: createErrorMask(logger, limits.answerErrors),
    trusted: options.trustedDocuments && new TrustedDocuments(options.trustedDocuments, limits.documentChars),
    costs: new OperationCosts(schema, prices),
    rates: options.rates ?? UNLIMITED,
    limits,
    clock,
    logger,
  });
  const running = new Tally();
  const http = new HttpOperations({
    operations,
    authenticator,
    clock,
    logger,
    running,
    limits,
  });
  const webSockets = new GraphQLWebSockets({
    operations,
    authenticator,
    clock,
    logger,
    schema,
    running,
    limits,
    ...(options.initTimeoutMs !== undefined && { initTimeoutMs: options.initTimeoutMs }),
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
      await connected.close();
    },
  };
}

async function graphOf(subgraphs: readonly SubgraphSdl[]): Promise<Composition> {
  const kept = readKeptGraph(subgraphs);
  if (kept) return kept;
  const { compose } = await import('./compose.js');
  return compose(subgraphs);
}

function remoteOptions(options: GatewayOptions): RemoteOptions | undefined {
  const { contextHeaders, clock, logger, remoteTimeoutMs, remoteReadTimeoutMs } = options;
  return (
    contextHeaders && {
      contextHeaders,
      clock,
      logger,
      ...(remoteTimeoutMs !== undefined && { timeoutMs: remoteTimeoutMs }),
      ...(remoteReadTimeoutMs !== undefined && { readTimeoutMs: remoteReadTimeoutMs }),
    }
  );
}
