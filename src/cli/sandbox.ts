import { join } from 'node:path';
import type { Environment } from '../config/index.js';
import { simulators } from '../simulators/index.js';
import type { Simulator } from '../simulators/kit/simulator.js';

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

/** In this thread. */
export const startSandbox: StartSandbox = async (providers, dataDir, environment) => {
  const running = await Promise.all(
    providers
      .flatMap((name) => simulators.get(name) ?? [])
      .map((definition) => definition.start({ dir: join(dataDir, 'simulators', definition.name) })),
  );
  return {
    simulators: running.map(({ name, url, controlUrl }) => ({ name, url, controlUrl })),
    environment: running.reduce<Environment>(
      (all, simulator) => ({ ...all, ...simulator.environment }),
      environment,
    ),
    async stop() {
      await Promise.all(running.map((simulator) => simulator.stop()));
    },
  };
};
