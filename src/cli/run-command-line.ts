import { parseArgs } from 'node:util';
import { commands } from './commands.js';
import { UsageError } from './command.js';
import type { Command, Running } from './command.js';
import { printHelp } from './help.js';
import { quietRedisLibrary } from './quiet-redis-library.js';
import { printVersion } from './version.js';

// Errors that are one sentence for the operator; anything else is a fault of ours and shows its stack.
const SENTENCES: ReadonlySet<string> = new Set([
  'ConfigError',
  'DatabaseUnavailableError',
  'RedisUnavailableError',
  'SimulatorFileError',
  'StartError',
  'UsageError',
]);

/** Runs one command line to its end and answers the exit code; a running command ends with SIGINT or SIGTERM. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  quietRedisLibrary();
  try {
    const [name, ...rest] = argv;
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      printHelp(rest[0]);
      return 0;
    }
    if (name === '--version' || name === '-v') {
      printVersion();
      return 0;
    }
    const load = commands[name];
    if (!load) throw new UsageError(`There is no command ${name}; see sealgraph --help.`);
    const command = await load();
    if (rest.includes('--help')) {
      printHelp(name, command.help?.(wordsOf(command, rest)));
      return 0;
    }
    const result = await command.run(parse(name, command, rest));
    return typeof result === 'number' ? result : await untilSignal(result);
  } catch (error) {
    if (error instanceof Error && SENTENCES.has(error.name)) {
      process.stderr.write(`sealgraph: ${error.message}\n`);
      return error instanceof UsageError ? 2 : 1;
    }
    throw error;
  }
}

function parse(name: string, command: Command, argv: readonly string[]): Parameters<Command['run']>[0] {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...command.options },
      allowPositionals: true,
    });
    if (positionals.length > command.maxWords)
      throw new UsageError(`Too many words; see sealgraph ${name} --help.`);
    const options = Object.fromEntries(
      Object.entries(values).map(([option, value]) => [option, Array.isArray(value) ? undefined : value]),
    );
    return { words: positionals, options };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `${error instanceof Error ? error.message : 'Wrong options'}; see sealgraph ${name} --help.`,
    );
  }
}

// Help is given to whoever has the rest of the command line wrong, too.
function wordsOf({ options }: Command, argv: readonly string[]): string[] {
  return parseArgs({ args: [...argv], options: { ...options }, allowPositionals: true, strict: false })
    .positionals;
}

/** Waits for the first SIGINT or SIGTERM, stops cleanly, and gives up politeness at the second. */
async function untilSignal(running: Running): Promise<number> {
  await new Promise<void>((resolve) => {
    const onSignal = (): void => {
      process.removeListener('SIGINT', onSignal);
      process.removeListener('SIGTERM', onSignal);
      process.once('SIGINT', () => process.exit(130));
      process.once('SIGTERM', () => process.exit(143));
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
  await running.stop();
  return 0;
}
