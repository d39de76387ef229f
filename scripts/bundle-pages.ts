import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { rememberBundled } from './package/bundled.js';

const FOLDER = 'dist/pages';

rmSync(FOLDER, { recursive: true, force: true });

// GraphiQL brings two families of fonts in its styles, five times as large as all the rest: browsers have their own.
const withoutFonts: Plugin = {
  name: 'without-fonts',
  setup({ onLoad }) {
    onLoad({ filter: /graphiql\/dist\/style\.css$/ }, ({ path }) => ({
      loader: 'css',
      contents: readFileSync(path, 'utf8').replace(/@font-face\s*\{[^}]*\}/g, ''),
    }));
  },
};

// Everything the pages need comes from this server. Names hold a hash of the content, so browsers keep it for good.
const { metafile } = await build({
  entryPoints: { console: 'console/main.tsx', graphiql: 'console/graphiql/main.ts' },
  outdir: FOLDER,
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  assetNames: 'asset-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  metafile: true,
  plugins: [withoutFonts],
  logLevel: 'warning',
});
rememberBundled('pages', metafile);

for (const path of Object.keys(metafile.outputs)) writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));

for (const page of ['console', 'graphiql']) {
  const [script, { cssBundle }] =
    Object.entries(metafile.outputs).find(
      ([path]) => path.startsWith(`${FOLDER}/${page}-`) && path.endsWith('.js'),
    ) ?? refuse(page);
  const html = readFileSync(`console/${page}.html`, 'utf8')
    .replace('{{script}}', assetPath(script))
    .replace('{{style}}', assetPath(cssBundle ?? refuse(page)));
  writeFileSync(`${FOLDER}/${page}.html`, html);
}

function assetPath(output: string): string {
  return output.replace(FOLDER, '/assets');
}

function refuse(page: string): never {
  throw new Error(`the page ${page} was not built whole`);
}
