import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packagePath } from '../../src/package-path.js';
import { tryProgram } from '../support/run-program.js';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...markdownOf('docs'),
  ...markdownOf('examples'),
];
const STRICT = ['--strict', '--noUncheckedIndexedAccess', '--noEmit', '--skipLibCheck'];
const PLACE = ['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom,esnext.disposable'];

test('what the pages show in TypeScript compiles as it stands, strictly', async (t) => {
  // Below the root, so that the package is found by its own name.
  mkdirSync(packagePath('dist'), { recursive: true });
  const folder = mkdtempSync(packagePath('dist/snippets-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = PAGES.flatMap((page) => snippetsOf(readFileSync(packagePath(page), 'utf8'))).map(
    ({ language, code }, index) => {
      const file = join(folder, `snippet-${index}.${language}`);
      writeFileSync(file, code);
      return file;
    },
  );
  assert.ok(files.length >= 4);
  // What the client of the pages asks, as GraphQL Code Generator writes it.
  cpSync(packagePath('examples/node-client/generated.ts'), join(folder, 'generated.ts'));
  const tsc = packagePath('node_modules/typescript/bin/tsc');
  const { stdout } = await tryProgram(process.execPath, [
    ...[tsc, ...STRICT, ...PLACE, '--jsx', 'react-jsx'],
    ...files,
  ]);
  assert.equal(stdout.toString(), '');
});

function markdownOf(folder: string): string[] {
  return readdirSync(packagePath(folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `${folder}/${path}`);
}

/** Whole ones: an outline is marked as one. */
function snippetsOf(page: string): { readonly language: string; readonly code: string }[] {
  return [...page.matchAll(/^```(tsx?)\n(.*?)\n```$/gms)].map(([, language = '', code = '']) => ({
    language,
    code,
  }));
}
