import { callerMode } from '../config/index.js';
import { createApp } from '../app.js';
import { boot } from './boot.js';
import type { Running } from './command.js';
import { openPorts } from './open-ports.js';
import type { StartSandbox } from './sandbox.js';
import { printWelcome } from './welcome.js';

/** Starts everything in this process and says where it is. */
export async function startProduct({
  fresh,
  startSandbox,
}: {
  /** Delete what earlier sandbox runs have left. */
  readonly fresh: boolean;
  readonly startSandbox: StartSandbox;
}): Promise<Running> {
  const { config, logger, modules, sandbox } = await boot({
    fresh,
    startSandbox,
    // Refused before anything is started or deleted.
    check: ({ server: { host }, jwt }, isSandbox) =>
      void callerMode({ host, jwt, allProvidersSimulated: isSandbox }),
  });
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
