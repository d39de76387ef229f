import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const FOLDERS = ['src', 'resolvers', 'subgraphs', 'console', 'scripts'];
const IMPORT = /\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** Import circles among the sources, imports of types included: each as the files it goes through. */
export function importCircles(root = '.'): readonly (readonly string[])[] {
  const files = FOLDERS.map((folder) => join(root, folder))
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => resolve(folder, name)),
    )
    .filter((file) => /\.tsx?$/.test(file));
  const known = new Set(files);
  const imports = new Map(
    files.map((file) => [file, targetsOf(file).filter((target) => known.has(target))] as const),
  );
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push(path.slice(start));
    if (start >= 0 || done.has(file)) return;
    for (const target of imports.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return circles.map((circle) => circle.map((file) => file.slice(resolve(root).length + 1)));
}

function targetsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap(([, specifier = '']) => {
    const target = resolve(dirname(file), specifier);
    return [target.replace(/\.js$/, '.ts'), target.replace(/\.js$/, '.tsx')];
  });
}
