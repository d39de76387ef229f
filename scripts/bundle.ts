import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { rememberBundled } from './package/bundled.js';

const FOLDER = 'dist/bundle';

rmSync(FOLDER, { recursive: true, force: true });

// The product and the libraries it uses, as a few files: Node takes longer to find and open two thousand small ones
// than the product takes to start. What is imported on demand stays a file of its own.
const { metafile } = await build({
  entryPoints: {
    main: 'src/main.ts',
    // Threads start from a file of their own.
    'guardcrypto-worker': 'src/providers/guardcrypto/local/worker.ts',
    'sandbox-worker': 'src/cli/sandbox-worker.ts',
    // `sealgraph/testing`.
    testing: 'src/testing/index.ts',
  },
  outdir: FOLDER,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  // type-graphql names types after classes, and errors are told by their names.
  keepNames: true,
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
rememberBundled('server', metafile);
