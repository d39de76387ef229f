import type { Authenticator } from './auth/authenticator.js';
import { createDemoAuthenticator } from './auth/demo-authenticator.js';
import { signCallerContext } from './auth/signed-context.js';
import { systemClock } from './clock.js';
import { listenProblem } from './config/index.js';
import type { CallerMode, Config } from './config/index.js';
import { readExamples } from './gateway/read-examples.js';
import { createGateway } from './gateway/index.js';
import type { Gateway } from './gateway/index.js';
import type { HttpRoute } from './http/respond.js';
import { ticketRoute } from './subgraph/tickets/route.js';
import { createRates } from './rates/create-rates.js';
import type { SharedCounts } from './redis/shared-counts.js';
import type { Logger } from './log.js';
import { createDrain } from './operate/drain.js';
import { startMetrics } from './operate/measure.js';
import { operatorRoutes } from './operate/routes.js';
import type { Audit } from './audit.js';
import type { OpenSubgraph, SharedTools, SubgraphModule } from './subgraph/define-subgraph.js';
import { declaredScopes } from './subgraph/scopes.js';
import type { Subgraph } from './subgraph/subgraph.js';
import { createTools } from './tools.js';
import type { Ports } from './tools.js';
import { subgraphs } from '../subgraphs/index.js';

export interface AppOptions {
  readonly config: Config;
  readonly callers: CallerMode;
  /** Subgraphs that live in this process; besides them, those with a configured URL are in the graph. */
  readonly modules: readonly SubgraphModule[];
  /** Undefined when no subgraph lives in this process: then nothing is stored here. */
  readonly ports: Ports | undefined;
  /** Where processes count together, when there are no ports. Default: that of the ports. */
  readonly counts?: SharedCounts | undefined;
  /** Where refusals of mutations leave a record, when there are no ports. Default: that of the ports. */
  readonly audit?: Audit | undefined;
  readonly logger: Logger;
  /** Every provider is simulated: shows more, and keeps its vault key beside its data. */
  readonly isSandbox: boolean;
  /** What the console calls besides the graph; `/` is the console then. Sandbox mode alone. */
  readonly console?: HttpRoute | undefined;
}

export interface App {
  /** The GraphQL endpoint. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Wires gateway, subgraphs and pollers of one process together and starts listening. */
export async function createApp({
  config,
  callers,
  modules,
  ports,
  counts = ports?.counts,
  audit,
  logger,
  isSandbox,
  console,
}: AppOptions): Promise<App> {
  const { server } = config;
  const metrics = (server.metrics ?? isSandbox) ? startMetrics() : undefined;
  // Nobody balances over sandboxes.
  const drain = createDrain(isSandbox ? 0 : server.shutdownDelayMs);
  const tools = ports && createTools({ config, ports, logger, isSandbox });
  const local = tools ? await Promise.all(modules.map((module) => module.open(config, tools))) : [];
  // The graph is the same whatever is configured.
  const absent = absentSubgraphs(config, modules, tools ?? { audit });
  const [secret] = config.keys.gatewaySecrets;
  const gateway = await createGateway({
    subgraphs: [
      ...local.map((subgraph) => ({ name: subgraph.name, sdl: subgraph.sdl, local: subgraph })),
      ...remoteSubgraphs(config),
      ...absent.map((subgraph) => ({ ...subgraph, local: subgraph })),
    ],
    authenticator: await createAuthenticator(callers, local, logger),
    ...(secret && {
      contextHeaders: (caller, requestId, request) =>
        signCallerContext({ caller, requestId }, request, secret.reveal(), systemClock),
    }),
    clock: systemClock,
    logger,
    cors: server.corsOrigins,
    localNamesOnly: callers.type === 'demo',
    introspection: server.introspection ?? isSandbox,
    ...((server.landingPages ?? isSandbox) && {
      landingPages: { examples: readExamples(), console: console !== undefined },
    }),
    limits: config.limits,
    rates: createRates(config.rates, counts),
    audit: tools ? tools.audit : audit,
    trustedDocuments: server.trustedDocuments,
    remoteReadTimeoutMs: server.subgraphReadTimeoutMs,
    initTimeoutMs: server.socketInitTimeoutMs,
    stopTimeoutMs: server.shutdownTimeoutMs,
    supergraphEveryMs: server.supergraphRefreshMs,
    extraRoutes: (request, response) => routes.some((route) => route(request, response)),
  });
  metrics?.gauge(
    'sealgraph_gateway_subscribers',
    'Subscriptions of clients that are open in this process.',
    () => gateway.subscribers,
  );
  const routes = [
    operatorRoutes({
      role: 'gateway',
      checks: { gateway: () => gateway.ready, ...(ports && { [ports.name]: () => ports.ready() }) },
      // What is in this process works as long as that does.
      ...(gateway.services.size > 0 && {
        anyOf: {
          ...Object.fromEntries(local.map(({ name }) => [name, () => true])),
          ...Object.fromEntries(gateway.services),
        },
      }),
      drain,
      graph: () => gateway.graph,
      metrics,
      live: tools?.live,
    }),
    ...(tools ? [ticketRoute({ tickets: tools.tickets, logger, corsOrigins: server.corsOrigins })] : []),
    ...(console ? [console] : []),
  ];
  await tools?.live.startPolling(modules.map(({ name }) => name));
  const url = `${await listen(gateway, server)}/graphql`;
  return {
    url,
    async stop() {
      await drain.begin();
      await gateway.stop();
      tools?.commands.later.close();
      await tools?.live.close();
      await Promise.all([...local, ...absent].map((subgraph) => subgraph.close()));
      await ports?.close();
    },
  };
}

async function createAuthenticator(
  callers: CallerMode,
  local: readonly Pick<Subgraph, 'schema'>[],
  logger: Logger,
): Promise<Authenticator> {
  if (callers.type === 'demo')
    return createDemoAuthenticator(local.flatMap(({ schema }) => [...declaredScopes(schema)]));
  const { createTokenAuthenticator } = await import('./auth/token-authenticator.js');
  return createTokenAuthenticator(callers.jwt, { clock: systemClock, logger });
}

/** @throws ConfigError when the address cannot be had */
async function listen(gateway: Gateway, { host, port }: Config['server']): Promise<string> {
  try {
    return await gateway.listen({ host, port });
  } catch (error) {
    throw listenProblem(error, port);
  }
}

function remoteSubgraphs({
  subgraphUrls,
}: Config): (Pick<Subgraph, 'name' | 'sdl' | 'schema'> & { url: string })[] {
  return subgraphs.flatMap((module) => {
    const url = subgraphUrls.get(module.name);
    return url === undefined ? [] : [{ ...module.build(), url }];
  });
}

function absentSubgraphs(
  { subgraphUrls }: Config,
  here: readonly SubgraphModule[],
  tools: Partial<SharedTools>,
): OpenSubgraph[] {
  return subgraphs
    .filter(({ name }) => !here.some((one) => one.name === name) && !subgraphUrls.has(name))
    .map((module) => module.absent(tools));
}
