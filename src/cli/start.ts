import { callerMode } from '../config/index.js';
import type { Command } from './command.js';
import { startSandboxInThread } from './sandbox-thread.js';
import { printWelcome } from './welcome.js';

/** Everything in one process: gateway, subgraphs, pollers, and in sandbox mode the simulators too. */
export const start: Command = {
  options: { fresh: { type: 'boolean' }, 'no-console': { type: 'boolean' } },
  maxWords: 0,
  async run({ options }) {
    const { boot } = await import('./boot.js');
    const booting = boot({
      fresh: options.fresh === true,
      startSandbox: startSandboxInThread,
      // Refused before anything is started or deleted.
      check: ({ server: { host }, jwt }, isSandbox) =>
        void callerMode({ host, jwt, allProvidersSimulated: isSandbox }),
    });
    const loading = Promise.all([import('../app.js'), import('./open-ports.js')]);
    const { config, logger, modules, sandbox } = await booting;
    const [{ createApp }, { openPorts }] = await loading;
    const isSandbox = sandbox !== undefined;
    const { host } = config.server;
    const callers = callerMode({ host, jwt: config.jwt, allProvidersSimulated: isSandbox });
    const ports = await openPorts(config, logger);
    // Whoever reaches it moves the simulators: it is for those alone whom the demo caller is for.
    const hasConsole = callers.type === 'demo' && (config.server.landingPages ?? true);
    const console =
      sandbox && hasConsole && options['no-console'] !== true
        ? (await import('../console/console.js')).openConsole({
            simulators: sandbox.simulators,
            ports,
            logger,
          })
        : undefined;
    const app = await createApp({
      ...{ config, callers, modules, ports, logger, isSandbox },
      ...(console && { ports: console.ports, logger: console.logger, console: console.route }),
    });
    printWelcome({ url: app.url, sandbox, storage: ports.description, hasConsole: console !== undefined });
    return {
      async stop() {
        await app.stop();
        await sandbox?.stop();
      },
    };
  },
};
