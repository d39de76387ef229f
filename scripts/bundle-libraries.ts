// Some libraries cannot be loaded, and so not asked for their names, without it; in which order they are is chance.
import 'reflect-metadata';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/** Native ones, one that starts threads from its own files, and tools too large to be read for a single test. */
const LEFT_ALONE = [
  'libsql',
  'piscina',
  'openpgp',
  'esbuild',
  // Ourselves, as built.
  'sealgraph',
  'tsx',
  'eslint',
  'typescript',
  'typescript-eslint',
  'prettier',
  // Finds its own files beside itself.
  'playwright-core',
];
const SHARED = 'shared';

/** Whether an import names a library that `bundleLibraries` makes a file of. */
export function isBundled(path: string): boolean {
  return !/^(\.|node:)/.test(path) && !LEFT_ALONE.includes(path.split('/')[0] ?? '');
}

/**
 * Makes sure that the folder has a file `<library>.js` for each of them, with what they share in it once: Node takes
 * longer to find and open their thousand files than most tests take.
 */
export async function bundleLibraries(folder: string, wanted: ReadonlySet<string>): Promise<void> {
  const known = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.js') && !path.startsWith(SHARED))
        .map((path) => path.slice(0, -'.js'.length))
    : [];
  const libraries = new Set([...known, ...wanted]);
  if (libraries.size === known.length) return;
  rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: [...libraries].map((library) => ({ in: `library:${library}`, out: library })),
    outdir: folder,
    chunkNames: `${SHARED}/[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    // CommonJS libraries ask for Node's own modules with a require.
    banner: {
      js: "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);",
    },
    external: [...LEFT_ALONE, 'class-validator'],
    plugins: [
      {
        name: 'libraries',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^library:/ }, ({ path }) => ({
            path: path.slice('library:'.length),
            namespace: 'library',
          }));
          onLoad({ filter: /./, namespace: 'library' }, async ({ path }) => ({
            contents: `export { ${(await namesOf(path)).join(', ')} } from '${path}';`,
            resolveDir: process.cwd(),
          }));
        },
      },
    ],
    logLevel: 'warning',
  });
}

/** Only Node itself knows which names it finds in a CommonJS library. */
async function namesOf(library: string): Promise<string[]> {
  const module = (await import(library)) as object;
  return Object.keys(module).filter((name) => /^[\w$]+$/.test(name));
}
