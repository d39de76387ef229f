import type { Authenticator } from '../auth/authenticator.js';
import type { Clock } from '../clock.js';
import type { Audit } from '../audit.js';
import type { RequestTimes } from '../subgraph/timed-server.js';
import type { Logger } from '../log.js';
import type { TrustedDocument } from '../config/index.js';
import { remoteExecutors } from './connect-subgraphs.js';
import type { SubgraphSource } from './connect-subgraphs.js';
import { explorerPages } from './explorer.js';
import type { ExplorerOptions } from './explorer.js';
import { HttpOperations } from './http-operation.js';
import { DEFAULT_LIMITS } from './limits.js';
import type { Limits } from './limits.js';
import { openGraph } from './open-graph.js';
import type { Operations } from './operation.js';
import type { ContextHeaders, RemoteOptions } from './remote-executor.js';
import { GatewayServer } from './serve.js';
import type { Route } from './serve.js';
import type { Rates } from '../rates/rates.js';
import { RunningSubscriptions } from './running-subscriptions.js';
import { Supergraph } from './supergraph.js';
import { Tally } from './tally.js';
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
  /** Where what the gateway itself refuses leaves a record. Default: nowhere. */
  readonly audit?: Audit | undefined;
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
  /** Milliseconds within which a subscription that a subgraph service has dropped must go on. Default 30,000. */
  readonly resumeWithinMs?: number;
  /** Milliseconds a client has to send `connection_init`. Default 3,000. */
  readonly initTimeoutMs?: number;
  /** Milliseconds between two looks whether services have other schemas than before. Default: there is none. */
  readonly supergraphEveryMs?: number;
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
  /** The first characters of the hash of the supergraph that is served now. */
  readonly graph: string;
  /** How many subscriptions are open now; what else goes over a WebSocket is among them while it runs. */
  readonly subscribers: number;
  /** For each subgraph service, by name, what asks whether it can do its work. */
  readonly services: ReadonlyMap<string, () => Promise<boolean>>;
  /** @returns the base URL. Port 0 takes a free one. */
  listen(address: { host: string; port: number }): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Composes the subgraphs and loads the graph; `listen` then serves it. A service that does not answer yet is taken in
 * when it does; until then what is asked of it is answered with null and an error.
 * @throws StartError when subgraphs contradict each other
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { authenticator, clock, logger, audit, supergraphEveryMs } = options;
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const services = remoteExecutors(options.subgraphs, remoteOptions(options));
  const subscriptions = new RunningSubscriptions();
  const supergraph = await Supergraph.open({
    subgraphs: options.subgraphs,
    services,
    open: (subgraphs) => openGraph(subgraphs, services, { ...options, limits, subscriptions }),
    onSwap: ({ operations }) => subscriptions.endUnfit((document) => operations.fits(document)),
    lookEveryMs: supergraphEveryMs,
    clock,
    logger,
  });
  const operations: Pick<Operations, 'run' | 'tellRefused'> = {
    run: (request, call) => supergraph.current.operations.run(request, call),
    tellRefused: (request, call, code) => supergraph.current.operations.tellRefused(request, call, code),
  };
  const running = new Tally();
  const http = new HttpOperations({ operations, authenticator, clock, logger, audit, running, limits });
  const webSockets = new GraphQLWebSockets({
    operations,
    authenticator,
    clock,
    logger,
    audit,
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
    get graph() {
      return supergraph.current.hash;
    },
    get subscribers() {
      return running.total;
    },
    services: new Map([...services].map(([name, service]) => [name, () => service.isReady()])),
    async listen({ host, port }) {
      url = `http://${host.includes(':') ? `[${host}]` : host}:${await server.listen(host, port)}`;
      ready = true;
      return url;
    },
    async stop() {
      ready = false;
      supergraph.close();
      await server.stop();
      await Promise.all([...services.values()].map((service) => service.close()));
    },
  };
}

function remoteOptions(options: GatewayOptions): RemoteOptions | undefined {
  const { contextHeaders, clock, logger, remoteTimeoutMs, remoteReadTimeoutMs, resumeWithinMs } = options;
  return (
    contextHeaders && {
      contextHeaders,
      clock,
      logger,
      ...(remoteTimeoutMs !== undefined && { timeoutMs: remoteTimeoutMs }),
      ...(resumeWithinMs !== undefined && { resumeWithinMs }),
      ...(remoteReadTimeoutMs !== undefined && { readTimeoutMs: remoteReadTimeoutMs }),
    }
  );
}
