import { UsageError } from './command.js';

interface Topic {
  readonly usage: string;
  readonly text: string;
}

// Kept apart from the commands, so that help needs none of them loaded.
const TOPICS: Readonly<Record<string, Topic>> = {
  start: {
    usage: 'start [--fresh] [--seed F] [--no-console]',
    text: 'Runs everything in one process. With no provider configured: sandbox mode, every provider simulated.\n  --fresh       begin anew: delete the data of earlier sandbox runs first\n  --seed F      what shall be in the simulators, a JSON file as docs/simulators.md shows; planted once\n  --no-console  serve no console at /, and let nobody move the simulators from a web page',
  },
  gateway: {
    usage: 'gateway',
    text: 'Runs the gateway alone; the subgraphs run elsewhere (<NAME>_SUBGRAPH_URL).',
  },
  subgraph: {
    usage: 'subgraph <name> [--port N]',
    text: 'Runs one subgraph as a service of its own.\n  --port N  TCP port; default PORT',
  },
  poller: { usage: 'poller [name]', text: 'Watches what changes at one provider, or at all of them.' },
  simulator: {
    usage: 'simulator <name> [options]',
    text: "Runs one provider's simulator alone and prints its base URL, its control URL and the files a client needs.\n  --port N            TCP port; default a free one\n  --host H            name to listen on and to be called by; default 127.0.0.1\n  --dir D             where it keeps certificates and state; default <data directory>/simulators/<name>\n  --settings-file F   also write the settings of a client there, for SEALGRAPH_SETTINGS_FILES\nWith a name, --help says what this simulator does and how it is moved through its control URL.",
  },
  simulate: {
    usage: 'simulate <name> <verb or noun> [json]',
    text: 'Lets a simulator of the running sandbox do something, or shows what is in it; docs/simulators.md lists what there is.\n  json   what the verb takes, for example \'{"ms":60000}\' of advanceClock',
  },
  token: {
    usage: 'token --subject S [options]',
    text: 'Prints an access token signed with JWT_SECRET, for trying things out.\n  --subject S   who it is for (sub)\n  --scopes L    scopes, separated by blanks or commas\n  --tenant T    tenant (JWT_TENANT_CLAIM)\n  --minutes N   how long it is good; default 60, at most a day',
  },
  compose: {
    usage: 'compose [--check]',
    text: 'Prints the composed API and writes the SDL files of schema/.\n  --check   write nothing; fail when a file differs',
  },
  documents: {
    usage: 'documents <folder...> --out F [--check]',
    text: 'Writes the manifest of the operations in *.graphql files, for TRUSTED_DOCUMENTS.\n  --out F   the file to write\n  --check   write nothing; fail when the file differs',
  },
  doctor: {
    usage: 'doctor [--json]',
    text: 'Checks the configuration and everything it leads to, and says what is wrong.\n  --json   print the findings as JSON\nExits with 0 when all is well, 1 when something is wrong, 3 when it works but somebody should act.',
  },
};

/** @param more what the command itself says. @throws UsageError for an unknown topic */
export function printHelp(topic: string | undefined, more = ''): void {
  process.stdout.write(topic === undefined ? overview() : details(topic) + more);
}

function overview(): string {
  const width = Math.max(...Object.values(TOPICS).map(({ usage }) => usage.length)) + 2;
  const lines = Object.values(TOPICS).map(
    ({ usage, text }) => `  ${usage.padEnd(width)}${text.split('\n')[0]}`,
  );
  return [
    'sealgraph: one GraphQL API over five secure-messaging providers',
    '',
    'usage: sealgraph <command> [options]',
    '',
    ...lines,
    '',
    'Settings are environment variables; .env.example lists them all.',
    '',
  ].join('\n');
}

function details(topic: string): string {
  const found = TOPICS[topic];
  if (!found) throw new UsageError(`There is no command ${topic}; see sealgraph --help.`);
  return `usage: sealgraph ${found.usage}\n\n${found.text}\n`;
}
