import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import type { Metafile, Plugin } from 'esbuild';

// What keeps names is called whenever a function is made, and arrow functions are made all the time: nobody asks for
// theirs. As long as before, so that source maps still fit.
const NAMING = '__name=(target,value)=>__defProp(target,"name",{value,configurable:!0})';
const NAMING_CLASSES = '__name=(f,value)=>f.prototype?__defProp(f,"name",{value}):f';

/** graphql-js in the form of ES modules for everybody: as CommonJS, each of its functions is looked up at each call. */
const graphqlAsModules: Plugin = {
  name: 'graphql-as-modules',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^graphql($|\/)/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === graphqlAsModules.name) return undefined;
      const found = await resolve(path, { kind, importer, resolveDir, pluginData: graphqlAsModules.name });
      return { ...found, path: found.path.replace(/\.js$/, '.mjs') };
    });
  },
};

/** Makes programs of the product's sources and the libraries they use, as a few files in a folder. */
export async function bundleServer(
  entryPoints: Readonly<Record<string, string>>,
  outdir: string,
): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints,
    outdir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    plugins: [graphqlAsModules],
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    // type-graphql names types after classes, and errors are told by their names.
    keepNames: true,
    // graphql-js looks twice at everything otherwise.
    define: { 'process.env.NODE_ENV': '"production"' },
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'warning',
    // CommonJS libraries ask for Node's own modules with a require.
    banner: {
      js: "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);",
    },
    external: [
      // Native.
      '@libsql/*',
      // Starts threads from a file of its own.
      'piscina',
      // LGPL: whoever runs this may replace it.
      'openpgp',
      // An optional peer of type-graphql, not installed.
      'class-validator',
    ],
  });
  const named = Object.keys(metafile.outputs).filter(
    (file) => file.endsWith('.js') && readFileSync(file, 'utf8').includes(NAMING),
  );
  if (named.length === 0) throw new Error('esbuild keeps names in another way than before');
  for (const file of named)
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(NAMING, NAMING_CLASSES.padEnd(NAMING.length)));
  return metafile;
}
