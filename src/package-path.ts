import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Path of a file this package ships, whether it runs compiled (from `dist/`) or from its sources. */
export function packagePath(relative: string): string {
  return join(root(), relative);
}

function root(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory);
  return directory;
}
