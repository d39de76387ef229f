import { callerMode } from '../config/index.js';
import type { Command, Running } from './command.js';
import type { StartSandbox } from './sandbox.js';
import { startSandboxInThread } from './sandbox-thread.js';
import { printWelcome } from './welcome.js';

/** Everything in one process: gateway, subgraphs, pollers, and in sandbox mode the simulators too. */
export const start: Command = {
  options: { fresh: { type: 'boolean' } },
  maxWords: 0,
  run: ({ options }) => startAll(startSandboxInThread, options.fresh === true),
};

/**
 * The same, with simulators started like this where no provider is configured.
 * @param fresh delete what earlier sandbox runs have left
 */
export async function startAll(startSandbox: StartSandbox, fresh = false): Promise<Running> {
  const { boot } = await import('./boot.js');
  const booting = boot({
    fresh,
    startSandbox,
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
  const app = await createApp({ config, callers, modules, ports, logger, isSandbox });
  printWelcome({ url: app.url, sandbox, storage: ports.description });
  return {
    async stop() {
      await app.stop();
      await sandbox?.stop();
    },
  };
}
