import { randomUUID } from 'node:crypto';
import { createDemoAuthenticator } from '../auth/demo-authenticator.js';
import { CallerContextVerifier } from '../auth/signed-context.js';
import { systemClock } from '../clock.js';
import { callerMode, ConfigError } from '../config/index.js';
import type { Config } from '../config/index.js';
import { explorerPages } from '../gateway/explorer.js';
import { readExamples } from '../gateway/read-examples.js';
import { healthRoute } from '../http/health.js';
import type { Logger } from '../log.js';
import { ticketRoute } from '../subgraph/tickets/route.js';
import { declaredScopes } from '../subgraph/scopes.js';
import { serveSubgraph } from '../subgraph/serve.js';
import type { ServeSubgraphOptions } from '../subgraph/serve.js';
import type { Subgraph } from '../subgraph/subgraph.js';
import { createTools } from '../tools.js';
import { subgraphs } from '../../subgraphs/index.js';
import { boot } from './boot.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { notConfigured } from './not-configured.js';
import { openPorts } from './open-ports.js';
import { portOf } from './simulator.js';

/** One subgraph as a service of its own. Without Redis it also polls, because nobody else could. */
export const subgraph: Command = {
  options: { port: { type: 'string' } },
  maxWords: 1,
  async run({ words: [name], options }) {
    const module = subgraphs.find((one) => one.name === name);
    if (!module) throw new UsageError(`Name one subgraph: ${subgraphs.map((one) => one.name).join(', ')}.`);
    const { config, logger, modules, sandbox } = await boot({
      names: [module.name],
      // A secret shared with a gateway makes it part of a deployment, where made-up answers would be taken for real.
      maySimulate: ({ keys }) => keys.gatewaySecrets.length === 0,
      check: (checked, isSandbox) => requireIdentity(checked, isSandbox),
    });
    const isSandbox = sandbox !== undefined;
    if (modules.length === 0) throw notConfigured(module);
    const ports = await openPorts(config, logger);
    const tools = createTools({ config, ports, logger, isSandbox });
    const opened = await module.open(config, tools);
    if (!config.server.redisUrl) await tools.live.startPolling([module.name]);
    const health = healthRoute({ checks: { [ports.name]: () => ports.ready() } });
    const files = ticketRoute({ tickets: tools.tickets, logger, corsOrigins: config.server.corsOrigins });
    const isExplorable = config.server.introspection ?? isSandbox;
    const examples = readExamples().filter((example) => example.name.startsWith(`${module.name}/`));
    const pages = isExplorable ? explorerPages({ examples }, logger) : undefined;
    const served = await serveSubgraph(opened, {
      host: config.server.host,
      port: options.port === undefined ? config.server.port : portOf(options.port),
      identify: identifier(config, opened, logger),
      // What a gateway makes of a request is longer by what it writes itself.
      maxBodyBytes: config.limits.bodyBytes + 500_000,
      maxProviderCalls: config.limits.providerCalls,
      explorable: isExplorable,
      extraRoutes: (request, response) =>
        health(request, response) || files(request, response) || (pages?.(request, response) ?? false),
      logger,
    });
    process.stdout.write(`ready ${served.url}\n`);
    return {
      async stop() {
        await served.stop();
        tools.commands.close();
        await tools.live.close();
        await opened.close();
        await ports.close();
        await sandbox?.stop();
      },
    };
  },
};

// The demo caller is as safe here as at a gateway: on loopback, with nothing real behind it.
function requireIdentity({ keys, server }: Config, isSandbox: boolean): void {
  if (keys.gatewaySecrets.length > 0) return;
  if (!isSandbox)
    throw new ConfigError('GATEWAY_SECRET', 'is not set: a subgraph service answers signed calls only.');
  callerMode({ host: server.host, allProvidersSimulated: true, jwt: undefined });
}

function identifier(
  { keys }: Config,
  { name, schema }: Subgraph,
  logger: Logger,
): ServeSubgraphOptions['identify'] {
  const secrets = keys.gatewaySecrets.map((secret) => secret.reveal());
  if (secrets.length > 0) {
    const verifier = new CallerContextVerifier({ secrets, subgraph: name, clock: systemClock, logger });
    return async (presented, body) => verifier.verify(presented, body);
  }
  const demo = createDemoAuthenticator(declaredScopes(schema));
  return async () => ({ caller: await demo.authenticate(undefined), requestId: randomUUID() });
}
