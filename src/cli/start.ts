import { callerMode } from '../config/index.js';
import type { Command, Running } from './command.js';
import type { StartSandbox } from './sandbox.js';
import { startSandboxInThread } from './sandbox-thread.js';
import { printWelcome } from './welcome.js';

/** Everything in one process: gateway, subgraphs, pollers, and in sandbox mode the simulators too. */
export const start: Command = {
  options: { fresh: { type: 'boolean' }, seed: { type: 'string' }, 'no-console': { type: 'boolean' } },
  maxWords: 0,
  run: ({ options }) =>
    startAll(startSandboxInThread, {
      fresh: options.fresh === true,
      seedFile: typeof options.seed === 'string' ? options.seed : undefined,
      noConsole: options['no-console'] === true,
    }),
};

export interface StartAllOptions {
  /** Delete what earlier sandbox runs have left. Default false. */
  readonly fresh?: boolean;
  /** File with what shall be in the simulators. */
  readonly seedFile?: string | undefined;
  /** Do without the console of the sandbox. Default false. */
  readonly noConsole?: boolean;
}

/** The same, with simulators started like this where no provider is configured. */
export async function startAll(
  startSandbox: StartSandbox,
  { fresh = false, seedFile, noConsole = false }: StartAllOptions = {},
): Promise<Running> {
  const seed = seedFile === undefined ? undefined : (await import('./seed.js')).openSeed(seedFile);
  const { boot } = await import('./boot.js');
  const booting = boot({
    role: 'start',
    fresh,
    startSandbox,
    mayMix: true,
    // Refused before anything is started or deleted.
    check: ({ server: { host }, jwt }, isSandbox) =>
      void callerMode({ host, jwt, allProvidersSimulated: isSandbox }),
  });
  const loading = Promise.all([import('../app.js'), import('./open-ports.js')]);
  const { config, logger, modules, sandbox, beside, endTraces } = await booting;
  const [{ createApp }, { openPorts }] = await loading;
  const isSandbox = sandbox !== undefined;
  await seed?.plant(sandbox?.simulators ?? [], config.server.dataDir);
  const { host } = config.server;
  const callers = callerMode({ host, jwt: config.jwt, allProvidersSimulated: isSandbox });
  const ports = await openPorts(config, logger);
  // Whoever reaches it moves the simulators: it is for those alone whom the demo caller is for.
  const hasConsole = callers.type === 'demo' && (config.server.landingPages ?? true) && !noConsole;
  const console =
    sandbox && hasConsole
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
  printWelcome({
    url: app.url,
    sandbox,
    beside,
    storage: ports.description,
    hasConsole: console !== undefined,
  });
  return {
    async stop() {
      await app.stop();
      await (sandbox ?? beside)?.stop();
      await endTraces();
    },
  };
}
