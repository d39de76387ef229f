import { ConfigError } from '../config/index.js';
import { notConfigured } from './not-configured.js';
import { createDrain } from '../operate/drain.js';
import { startMetrics } from '../operate/measure.js';
import { operatorRoutes } from '../operate/routes.js';
import { serveOperator } from '../operate/serve.js';
import { createTools } from '../tools.js';
import { subgraphs } from '../../subgraphs/index.js';
import { boot } from './boot.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { openPorts } from './open-ports.js';

/** Watches what changes at one provider, or at all that are configured, and tells it over Redis. */
export const poller: Command = {
  maxWords: 1,
  async run({ words: [name] }) {
    const wanted = name === undefined ? subgraphs : subgraphs.filter((one) => one.name === name);
    if (wanted.length === 0)
      throw new UsageError(`Name one provider: ${subgraphs.map((one) => one.name).join(', ')}.`);
    const { config, logger, modules, endTraces } = await boot({
      role: 'poller',
      names: wanted.map((one) => one.name),
      // Its simulators would not be those that the subgraphs talk to.
      maySimulate: () => false,
      check({ redis, liveProviders }) {
        if (!redis)
          throw new ConfigError('REDIS_URL', 'is not set: a poller of its own shares its work over Redis.');
        const missing = wanted.find((one) => !liveProviders.has(one.name));
        if (missing && (name !== undefined || liveProviders.size === 0)) throw notConfigured(missing);
      },
    });
    const metrics = config.server.metrics ? startMetrics() : undefined;
    const ports = await openPorts(config, logger);
    const tools = createTools({ config, ports, logger, isSandbox: false });
    const opened = await Promise.all(modules.map((module) => module.open(config, tools)));
    const drain = createDrain(config.server.shutdownDelayMs);
    const operator = await serveOperator(
      operatorRoutes({
        role: 'poller',
        checks: { [ports.name]: () => ports.ready() },
        drain,
        metrics,
        live: tools.live,
      }),
      config.server,
    );
    await tools.live.startPolling(modules.map((module) => module.name));
    process.stdout.write(
      `ready polling ${modules.map((module) => module.name).join(', ')}, health at ${operator.url}/health/ready\n`,
    );
    return {
      async stop() {
        await drain.begin();
        tools.commands.later.close();
        await tools.live.close();
        await Promise.all(opened.map((one) => one.close()));
        await ports.close();
        await operator.close();
        await endTraces();
      },
    };
  },
};
