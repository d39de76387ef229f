import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { rememberBundled } from './package/bundled.js';

const FOLDER = 'dist/client';

rmSync(FOLDER, { recursive: true, force: true });

// `sealgraph/client` and `sealgraph/client/react`: a file each, with the protocols' libraries in it.
const { metafile } = await build({
  entryPoints: { index: 'client/index.ts', 'react/index': 'client/react/index.tsx' },
  outdir: FOLDER,
  bundle: true,
  splitting: false,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  minify: true,
  keepNames: true,
  external: ['react'],
  metafile: true,
  logLevel: 'warning',
});
rememberBundled('client', metafile);

const tsc = [
  '-p',
  'client',
  '--noEmit',
  'false',
  '--declaration',
  '--emitDeclarationOnly',
  '--outDir',
  FOLDER,
];
execFileSync('node_modules/.bin/tsc', tsc, { stdio: 'inherit' });

// The types of an operation are all that is used of that package: whoever installs ours need not have it.
const generated = `${FOLDER}/react/generated.d.ts`;
writeFileSync(
  generated,
  readFileSync(generated, 'utf8').replace(
    /^import type \{ DocumentTypeDecoration \} from '@graphql-typed-document-node\/core';$/m,
    'interface DocumentTypeDecoration<TResult, TVariables> { __apiType?: (variables: TVariables) => TResult }',
  ),
);

// `sealgraph/testing`, of which the types alone are made here: they need nothing of ours.
const declarations = ['--declaration', '--emitDeclarationOnly', '--module', 'nodenext', '--target', 'es2022'];
const types = [
  ...declarations,
  '--lib',
  'es2023,esnext.disposable',
  '--types',
  'node',
  '--outDir',
  'dist/types',
];
execFileSync('node_modules/.bin/tsc', ['src/testing/api.ts', ...types], { stdio: 'inherit' });
writeFileSync(
  'dist/types/testing.d.ts',
  [
    "import type { StartSimulator } from './api.js';",
    "export type * from './api.js';",
    'export declare const startSimulator: StartSimulator;',
    '',
  ].join('\n'),
);
