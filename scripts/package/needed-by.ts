import type { InstalledPackage } from '../installed-packages.js';

/** The packages that lie at the top under these names, with all that they need, found as Node finds it. */
export function neededBy(
  packages: readonly InstalledPackage[],
  names: readonly string[],
): readonly InstalledPackage[] {
  const byPath = new Map(packages.map((one) => [one.path, one]));
  const found = new Set<InstalledPackage>();
  const add = (name: string, from: string): void => {
    const one = foldersAbove(from)
      .map((folder) => byPath.get(`${folder}node_modules/${name}`))
      .find((known) => known !== undefined);
    // What is optional may not be there.
    if (one === undefined || found.has(one)) return;
    found.add(one);
    for (const needed of one.needs) add(needed, `${one.path}/`);
  };
  for (const name of names) add(name, '');
  return [...found];
}

/** `a/node_modules/b/` first, the root last. */
function foldersAbove(path: string): string[] {
  const above = path.replace(/node_modules\/(@[^/]+\/)?[^/]+\/$/, '');
  return path === above ? [path] : [path, ...foldersAbove(above)];
}
