import { explorerPages } from '../gateway/explorer.js';
import { readExamples } from '../gateway/read-examples.js';
import { createDrain } from '../operate/drain.js';
import { startMetrics } from '../operate/measure.js';
import { operatorRoutes } from '../operate/routes.js';
import { ticketRoute } from '../subgraph/tickets/route.js';
import { serveSubgraph } from '../subgraph/serve.js';
import { createTools } from '../tools.js';
import { subgraphs } from '../../subgraphs/index.js';
import { boot } from './boot.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { notConfigured } from './not-configured.js';
import { openPorts } from './open-ports.js';
import { portOf } from './simulator.js';
import { identifierOf, requireIdentity } from './subgraph-callers.js';

/** One subgraph as a service of its own. Without Redis it also polls, because nobody else could. */
export const subgraph: Command = {
  options: { port: { type: 'string' } },
  maxWords: 1,
  async run({ words: [name], options }) {
    const module = subgraphs.find((one) => one.name === name);
    if (!module) throw new UsageError(`Name one subgraph: ${subgraphs.map((one) => one.name).join(', ')}.`);
    const { config, logger, modules, sandbox, endTraces } = await boot({
      role: `subgraph-${module.name}`,
      names: [module.name],
      // A secret shared with a gateway makes it part of a deployment, where made-up answers would be taken for real.
      maySimulate: ({ keys }) => keys.gatewaySecrets.length === 0 && !keys.subgraphAuth.has('jwt'),
      check: requireIdentity,
    });
    const isSandbox = sandbox !== undefined;
    if (modules.length === 0) throw notConfigured(module);
    const metrics = (config.server.metrics ?? isSandbox) ? startMetrics() : undefined;
    const ports = await openPorts(config, logger);
    const tools = createTools({ config, ports, logger, isSandbox });
    const opened = await module.open(config, tools);
    if (!config.redis) await tools.live.startPolling([module.name]);
    const drain = createDrain(isSandbox ? 0 : config.server.shutdownDelayMs);
    const operator = operatorRoutes({
      role: 'subgraph',
      checks: { [ports.name]: () => ports.ready() },
      drain,
      metrics,
      live: tools.live,
    });
    const files = ticketRoute({ tickets: tools.tickets, logger, corsOrigins: config.server.corsOrigins });
    const isExplorable = config.server.introspection ?? isSandbox;
    const examples = readExamples().filter((example) => example.name.startsWith(`${module.name}/`));
    const pages = isExplorable ? explorerPages({ examples }, logger) : undefined;
    const served = await serveSubgraph(opened, {
      host: config.server.host,
      port: options.port === undefined ? config.server.port : portOf(options.port),
      identify: identifierOf(config, opened, logger),
      // What a gateway makes of a request is longer by what it writes itself.
      maxBodyBytes: config.limits.bodyBytes + 500_000,
      maxProviderCalls: config.limits.providerCalls,
      explorable: isExplorable,
      stopTimeoutMs: config.server.shutdownTimeoutMs,
      extraRoutes: (request, response) =>
        operator(request, response) || files(request, response) || (pages?.(request, response) ?? false),
      audit: tools.audit,
      logger,
    });
    process.stdout.write(`ready ${served.url}\n`);
    return {
      async stop() {
        await drain.begin();
        await served.stop();
        tools.commands.later.close();
        await tools.live.close();
        await opened.close();
        await ports.close();
        await sandbox?.stop();
        await endTraces();
      },
    };
  },
};
