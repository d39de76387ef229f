import { join } from 'node:path';
import { listenProblem, loadConfig } from '../config/index.js';
import type { Environment } from '../config/index.js';
import { simulators } from '../simulators/index.js';
import type { Simulator } from '../simulators/kit/simulator.js';
import { usingFolder } from '../simulators/kit/simulator-file-error.js';
import { noteRunningSimulators } from './running-simulators.js';

/** The simulated world of sandbox mode. */
export interface Sandbox {
  readonly simulators: readonly Pick<Simulator, 'name' | 'url' | 'controlUrl'>[];
  /** The environment with the variables that point at the simulators. */
  readonly environment: Environment;
  stop(): Promise<void>;
}

/** Starts the simulators of the named providers, each with its own folder below `dataDir`. */
export type StartSandbox = (
  providers: readonly string[],
  dataDir: string,
  environment: Environment,
) => Promise<Sandbox>;

const CONTROL_PORTS_LATER = 10;
const SETTINGS = { host: 'HOST', port: 'SIMULATORS_PORT' };

/** In this thread. */
export const startSandbox: StartSandbox = async (providers, dataDir, environment) => {
  const { simulatorsPort } = loadConfig(environment, []).server;
  const settled = await Promise.allSettled(
    [...simulators.values()].flatMap((definition, place) => {
      if (!providers.includes(definition.name)) return [];
      const dir = join(dataDir, 'simulators', definition.name);
      const ports = simulatorsPort !== undefined && {
        port: simulatorsPort + place,
        controlPort: simulatorsPort + CONTROL_PORTS_LATER + place,
      };
      return usingFolder(dir, () => definition.start({ dir, ...ports })).catch((error: unknown) => {
        throw simulatorsPort === undefined ? error : listenProblem(error, simulatorsPort, SETTINGS);
      });
    }),
  );
  const running = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) {
    // A thread that ends in the midst of making a key takes the process with it: all have begun, or failed, by now.
    await Promise.all(running.map((simulator) => simulator.stop()));
    throw failed.reason;
  }
  const forget = noteRunningSimulators(dataDir, running);
  return {
    simulators: running.map(({ name, url, controlUrl }) => ({ name, url, controlUrl })),
    environment: running.reduce<Environment>(
      (all, simulator) => ({ ...all, ...simulator.environment }),
      environment,
    ),
    async stop() {
      forget();
      await Promise.all(running.map((simulator) => simulator.stop()));
    },
  };
};
