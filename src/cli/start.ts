import { callerMode } from '../config/index.js';
import { createApp } from '../app.js';
import { boot } from './boot.js';
import type { Command } from './command.js';
import { openPorts } from './open-ports.js';
import { printWelcome } from './welcome.js';

/** Everything in one process: gateway, subgraphs, pollers, and in sandbox mode the simulators too. */
export const start: Command = {
  options: { fresh: { type: 'boolean' } },
  maxWords: 0,
  async run({ options }) {
    const { config, logger, modules, sandbox } = await boot({
      fresh: options.fresh === true,
      // Refused before anything is started or deleted.
      check: ({ server: { host }, jwt }, isSandbox) =>
        void callerMode({ host, jwt, allProvidersSimulated: isSandbox }),
    });
    const callers = callerMode({
      host: config.server.host,
      jwt: config.jwt,
      allProvidersSimulated: sandbox !== undefined,
    });
    const ports = await openPorts(config, logger);
    const app = await createApp({
      config,
      callers,
      modules,
      ports,
      logger,
      isSandbox: sandbox !== undefined,
    });
    printWelcome({ url: app.url, sandbox, storage: ports.description });
    return {
      async stop() {
        await app.stop();
        await sandbox?.stop();
      },
    };
  },
};
