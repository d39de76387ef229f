import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { packagePath } from '../package-path.js';

const packageFile = z.object({ version: z.string() });

/** Prints the version of this package, alone on a line. */
export function printVersion(): void {
  const { version } = packageFile.parse(JSON.parse(readFileSync(packagePath('package.json'), 'utf8')));
  process.stdout.write(`${version}\n`);
}
