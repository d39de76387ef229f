import { connect } from 'node:net';
import { systemClock } from '../clock.js';
import { callerMode, loadConfig, processEnvironment } from '../config/index.js';
import type { Config } from '../config/index.js';
import { compose } from '../gateway/compose.js';
import { createLogger } from '../logger.js';
import type { SubgraphModule } from '../subgraph/define-subgraph.js';
import { subgraphs } from '../../subgraphs/index.js';
import type { Command } from './command.js';

const CONNECT_TIMEOUT_MS = 3_000;

/** Checks the configuration and what it points to, a line per finding; the exit code is 1 when something is wrong. */
export const doctor: Command = {
  maxWords: 0,
  async run() {
    const config = loadConfig(processEnvironment(), subgraphs);
    const { server, jwt, liveProviders, subgraphUrls } = config;
    const isSandbox = liveProviders.size === 0 && subgraphUrls.size === 0;
    const checks: [what: string, work: () => unknown][] = [
      ['the subgraphs compose', () => compose(subgraphs.map((module) => module.build()))],
      [
        'callers can be told apart',
        () => callerMode({ host: server.host, jwt, allProvidersSimulated: isSandbox }),
      ],
      ...subgraphs.flatMap((module) => providerChecks(module, config)),
      ...[...subgraphUrls].map(([name, url]): [string, () => unknown] => [
        `subgraph ${name} is reachable`,
        () => reach(url),
      ]),
    ];
    let failed = 0;
    for (const [what, work] of checks) {
      const problem = await attempt(work);
      if (problem !== undefined) failed += 1;
      process.stdout.write(problem === undefined ? `ok    ${what}\n` : `FAIL  ${what}: ${problem}\n`);
    }
    for (const name of config.simulatedProviders)
      process.stdout.write(`note  provider ${name} is simulated: its answers are made up\n`);
    if (isSandbox) process.stdout.write('note  no provider is configured: start runs in sandbox mode\n');
    return failed === 0 ? 0 : 1;
  },
};

function providerChecks(module: SubgraphModule, config: Config): [string, () => unknown][] {
  const { name } = module;
  if (!config.liveProviders.has(name)) return [];
  const logger = createLogger({ level: 'silent' });
  const values: Readonly<Record<string, unknown>> = config.settingsOf(module);
  return [
    [
      `provider ${name}: settings and files`,
      async () => {
        for (const line of await module.inspect(config, { http: {}, clock: systemClock, logger })) {
          process.stdout.write(`      ${line}\n`);
        }
      },
    ],
    ...Object.entries(values)
      .filter(([variable]) => variable.endsWith('_URL'))
      .map(([variable, url]): [string, () => unknown] => [
        `provider ${name}: ${variable} is reachable`,
        () => reach(String(url)),
      ]),
  ];
}

async function attempt(work: () => unknown): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'failed';
  }
}

/** Opens and closes a TCP connection: proves the way there, sends nothing. */
function reach(url: string): Promise<void> {
  const { hostname, port, protocol } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port) || (protocol === 'http:' || protocol === 'ws:' ? 80 : 443),
      timeout: CONNECT_TIMEOUT_MS,
    });
    const settle = (error?: Error): void => {
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.once('connect', () => settle());
    socket.once('timeout', () => settle(new Error('no answer in time')));
    socket.once('error', settle);
  });
}
