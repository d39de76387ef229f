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
      MAX_ASKS_PER_PERSON_PER_MINUTE: '0',
      MAX_ASKS_PER_PERSON_PER_HOUR: '0',
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

/** Asks the graph and answers the data; any error ends the bench. */
export async function ask<Data>(url: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: Data; errors?: unknown };
  if (answer.errors !== undefined || answer.data === undefined)
    throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

/** Sends one message to these people, and answers its id. */
export async function sendMessage(url: string, people: readonly string[]): Promise<string> {
  const { sendTwoFactorMessage } = await ask<{ sendTwoFactorMessage: { twoFactorMessage: { id: string } } }>(
    url,
    'mutation ($to: [String!]!) { sendTwoFactorMessage(input: { recipients: $to, availabilitySeconds: 3600 }) { twoFactorMessage { id } } }',
    { to: people },
  );
  return sendTwoFactorMessage.twoFactorMessage.id;
}
