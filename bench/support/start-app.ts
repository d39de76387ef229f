import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.js';
import type { App } from '../../src/app.js';
import { openPorts } from '../../src/cli/open-ports.js';
import { loadConfig } from '../../src/config/index.js';
import type { Config, Environment } from '../../src/config/index.js';
import { createLogger } from '../../src/logger.js';
import { messaging2faSimulator } from '../../src/simulators/messaging2fa/simulator.js';
import type { Messaging2faControl } from '../../src/simulators/messaging2fa/control.js';
import type { Simulator } from '../../src/simulators/kit/simulator.js';
import { subgraphs } from '../../subgraphs/index.js';
import { WITHOUT_LIMITS } from './without-limits.js';

export interface BenchApp extends App {
  readonly config: Config;
  readonly simulator: Simulator<Messaging2faControl>;
}

/** The whole product in this process, with these settings besides, against the 2FA simulator, whose phones move only when told to. */
export async function startApp(environment: Environment = {}): Promise<BenchApp> {
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-bench-'));
  const simulator = await messaging2faSimulator.start({ dir: join(dir, 'simulator'), stepMs: 0 });
  const modules = subgraphs.filter(({ name }) => name === 'messaging2fa');
  const config = loadConfig(
    {
      PORT: '0',
      SEALGRAPH_DATA_DIR: dir,
      PROVIDER_CONCURRENCY: '64',
      ...WITHOUT_LIMITS,
      ...simulator.environment,
      ...environment,
    },
    modules,
  );
  const logger = createLogger({ level: 'error' });
  const ports = await openPorts(config, logger);
  const app = await createApp({ config, callers: { type: 'demo' }, modules, ports, logger, isSandbox: true });
  return {
    ...app,
    config,
    simulator,
    async stop() {
      await app.stop();
      await simulator.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
