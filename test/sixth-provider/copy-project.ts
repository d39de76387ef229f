import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const COPIED = [
  ...['src', 'resolvers', 'subgraphs', 'client', 'console', 'schema', 'scripts'],
  ...['package.json', 'tsconfig.json', 'eslint.config.js', '.prettierrc.json'],
];
const FIXTURE = 'test/sixth-provider/files';
const SIMULATOR = 'src/simulators/acme/simulator.ts';

/** The files of the sixth provider, as the recipe names them. */
export const ACME_FILES = [
  'src/providers/acme/provider.ts',
  'src/providers/acme/request-watch.ts',
  SIMULATOR,
  'resolvers/acme/request.ts',
  'resolvers/acme/person.ts',
  'subgraphs/acme.ts',
] as const;

/** A copy of the project in `directory`, with a sixth provider added as the recipe says: its files, and three lines. */
export function copyProjectWithAcme(directory: string): void {
  for (const name of COPIED) cpSync(name, join(directory, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
  cpSync(FIXTURE, directory, { recursive: true });
  const simulator = readFileSync('test/simulators/acme.ts', 'utf8');
  cpSync('test/simulators/acme.ts', join(directory, SIMULATOR));
  writeFileSync(join(directory, SIMULATOR), simulator.replaceAll('../../src/simulators/kit/', '../kit/'));
  register(directory, 'src/providers/index.ts', `import { acme } from './acme/provider.js';`, 'acme,');
  register(directory, 'subgraphs/index.ts', `import { acme } from './acme.js';`, 'acme,');
  register(
    directory,
    'src/simulators/index.ts',
    `import { acmeSimulator } from './acme/simulator.js';`,
    'acmeSimulator,',
  );
}

/** Adds a line to the list that a registry is. */
function register(directory: string, file: string, importLine: string, entry: string): void {
  const path = join(directory, file);
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(/ = \[\s*/, (start) => `${start}${entry} `);
  if (changed === text) throw new Error(`${file} holds no list`);
  const lastImport = changed.lastIndexOf('\nimport ');
  writeFileSync(path, `${changed.slice(0, lastImport)}\n${importLine}${changed.slice(lastImport)}`);
}
