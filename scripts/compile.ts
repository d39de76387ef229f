import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundleLibraries, isBundled } from './bundle-libraries.js';

const FOLDER = 'dist/compiled';
const LIBRARIES = join(FOLDER, 'libraries');
const STAMP = join(FOLDER, 'stamp');
const SOURCES = ['src', 'resolvers', 'subgraphs', 'scripts', 'examples/web-client', 'test'];
/** What the result depends on besides the sources. */
const TOOLS = ['package-lock.json', 'tsconfig.json', 'scripts/compile.ts', 'scripts/bundle-libraries.ts'];

/**
 * Compiles what has changed, file by file, into `dist/compiled`, where everything keeps its place, so that a test or a
 * script starts in a fraction of the time. Types are not looked at.
 */
export async function compile(): Promise<void> {
  const tools = TOOLS.map((file) => readFileSync(file, 'utf8')).join();
  if (timeOf(STAMP) === undefined || readFileSync(STAMP, 'utf8') !== tools) {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(STAMP, tools);
  }
  const sources = SOURCES.flatMap((folder) => filesBelow(folder)).filter((file) => /\.[jt]s$/.test(file));
  const outputs = new Set(sources.map(compiled));
  for (const file of SOURCES.flatMap((folder) => filesBelow(join(FOLDER, folder))))
    if (!outputs.has(file)) rmSync(file);

  const changed = sources.filter((file) => timeOf(compiled(file)) !== timeOf(file));
  const libraries = new Set<string>();
  await build({
    entryPoints: changed,
    outdir: FOLDER,
    outbase: '.',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    plugins: [fileByFile((library) => libraries.add(library))],
    logLevel: 'warning',
  });
  await bundleLibraries(LIBRARIES, libraries);
  // Last, so that whatever is interrupted before counts as changed.
  for (const file of changed) utimesSync(compiled(file), new Date(), new Date(timeOf(file) ?? 0));
}

function fileByFile(uses: (library: string) => void): Plugin {
  return {
    name: 'file-by-file',
    setup({ onResolve }) {
      onResolve({ filter: /./ }, ({ path, kind, resolveDir }) => {
        if (kind === 'entry-point') return undefined;
        if (!isBundled(path)) return { path, external: true };
        uses(path);
        const from = join(FOLDER, relative('', resolveDir));
        return { path: relative(from, join(LIBRARIES, `${path}.js`)), external: true };
      });
    },
  };
}

/** Where the compiled form of a source file is. */
export function compiled(source: string): string {
  return join(FOLDER, source.replace(/\.ts$/, '.js'));
}

/** The time of the last change, in whole milliseconds, as exactly as it can be set; undefined when there is no file. */
function timeOf(file: string): number | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats && Math.round(stats.mtimeMs);
}

function filesBelow(folder: string): string[] {
  if (timeOf(folder) === undefined) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
