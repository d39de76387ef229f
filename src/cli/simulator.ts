import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listenProblem, loadConfig, processEnvironment } from '../config/index.js';
import { simulators } from '../simulators/index.js';
import { UsageError } from './command.js';
import type { Command } from './command.js';
import { describeInWords } from './describe-in-words.js';
import { usingFolder } from '../simulators/kit/simulator-file-error.js';

/** Runs one provider's simulator alone. Whoever can reach it can use it: it listens on loopback unless told otherwise. */
export const simulator: Command = {
  options: {
    host: { type: 'string' },
    port: { type: 'string' },
    dir: { type: 'string' },
    'settings-file': { type: 'string' },
  },
  maxWords: 1,
  help([name]) {
    if (name === undefined) return `\nSimulators: ${[...simulators.keys()].join(', ')}\n`;
    return `\n${describeInWords(named(name).describe())}`;
  },
  async run({ words: [name], options }) {
    const definition = named(name);
    const { server } = loadConfig(processEnvironment(), []);
    const dir = textOf(options.dir) ?? join(server.dataDir, 'simulators', definition.name);
    const host = textOf(options.host);
    const port = portOf(options.port);
    const running = await usingFolder(dir, () => definition.start({ dir, host, port })).catch(
      (error: unknown) => {
        throw listenProblem(error, port, { host: '--host', port: '--port' });
      },
    );
    const settings = Object.entries(running.environment);
    const settingsFile = textOf(options['settings-file']);
    if (settingsFile !== undefined) {
      const lines = settings.map(([variable, value]) => `${variable}='${value}'\n`);
      writeFileSync(settingsFile, lines.join(''), { mode: 0o600 });
    }
    process.stdout.write(
      [
        `url ${running.url}`,
        `control ${running.controlUrl}`,
        ...Object.entries(running.files).map(([label, path]) => `file ${label} ${path}`),
        ...settings.map(([variable, value]) => `env ${variable}=${value}`),
        'ready',
        '',
      ].join('\n'),
    );
    return running;
  },
};

/** @throws UsageError */
function named(name: string | undefined) {
  const definition = name === undefined ? undefined : simulators.get(name);
  if (!definition) throw new UsageError(`Name one simulator: ${[...simulators.keys()].join(', ')}.`);
  return definition;
}

function textOf(option: string | boolean | undefined): string | undefined {
  return typeof option === 'string' ? option : undefined;
}

/** @throws UsageError */
export function portOf(option: string | boolean | undefined): number {
  if (option === undefined) return 0;
  const port = Number(option);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError('--port must be a whole number from 0 to 65535.');
  }
  return port;
}
