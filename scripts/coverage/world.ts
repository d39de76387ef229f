import 'reflect-metadata';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.js';
import { openPorts } from '../../src/cli/open-ports.js';
import { startSandbox } from '../../src/cli/sandbox.js';
import { loadConfig } from '../../src/config/index.js';
import { createLogger } from '../../src/logger.js';
import { subgraphs } from '../../subgraphs/index.js';
import { ask, type Data } from './ask.js';

/** A sandbox of its own: nothing has happened in it yet. */
export interface World {
  /** The GraphQL endpoint. */
  readonly url: string;
  /** Folder of what it keeps. */
  readonly dataDir: string;
  /** Runs one operation; of a subscription, the first event. @throws Error when there are errors, or a problem in the data */
  ask(document: string, variables: Record<string, unknown>): Promise<Data>;
  /** What a simulator's control interface answers for a noun, for example its calls. */
  look(simulator: string, noun: string): Promise<unknown>;
  /** Carries out a verb of a simulator's control interface, for example a fault. */
  tell(simulator: string, verb: string, input: object): Promise<unknown>;
  close(): Promise<void>;
}

export interface Worlds {
  /** The product and simulators of these providers, as new. */
  open(providers: readonly string[]): Promise<World>;
  close(): void;
}

// However busy the machine is: how long a provider may take is of no interest here.
const PATIENCE = {
  PROVIDER_CONNECT_TIMEOUT_MS: '60000',
  PROVIDER_HEADERS_TIMEOUT_MS: '60000',
  PROVIDER_CALL_TIMEOUT_MS: '120000',
};

/** Makes certificates and seed keys of the simulators once, so that each world starts fast. */
export async function createWorlds(): Promise<Worlds> {
  const folder = mkdtempSync(join(tmpdir(), 'sealgraph-coverage-'));
  const seeded = join(folder, 'seeded');
  const sandbox = await startSandbox(
    subgraphs.map(({ name }) => name),
    seeded,
    {},
  );
  // Whoever answers has its seeds.
  await Promise.all(sandbox.simulators.map(({ controlUrl }) => fetch(`${controlUrl}/time`)));
  await sandbox.stop();
  let opened = 0;
  return {
    async open(providers) {
      const dataDir = join(folder, String(++opened));
      cpSync(seeded, dataDir, { recursive: true });
      const modules = subgraphs.filter(({ name }) => providers.includes(name));
      const settings = { PORT: '0', SEALGRAPH_DATA_DIR: dataDir, ...PATIENCE };
      const sandbox = await startSandbox(providers, dataDir, settings);
      const config = loadConfig(sandbox.environment, modules);
      const logger = createLogger({ level: 'error' });
      const ports = await openPorts(config, logger);
      const callers = { type: 'demo' } as const;
      const app = await createApp({ config, callers, modules, ports, logger, isSandbox: true });
      const controlUrl = (name: string): string | undefined =>
        sandbox.simulators.find((one) => one.name === name)?.controlUrl;
      return {
        url: app.url,
        dataDir,
        ask: (document, variables) => ask(app.url, document, variables),
        async look(name, noun) {
          const answer = await fetch(`${controlUrl(name)}/${noun}`);
          return (await answer.json()) as unknown;
        },
        async tell(name, verb, input) {
          const body = JSON.stringify(input);
          const answer = await fetch(`${controlUrl(name)}/${verb}`, { method: 'POST', body });
          if (!answer.ok) throw new Error(`${name} ${verb}: ${await answer.text()}`);
          return (await answer.json()) as unknown;
        },
        async close() {
          await app.stop();
          await sandbox.stop();
          rmSync(dataDir, { recursive: true, force: true });
        },
      };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
