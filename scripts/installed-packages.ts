import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One package as it lies in node_modules. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression; undefined when the package names none. */
  readonly licence: string | undefined;
  /** Whether it is needed for development alone. */
  readonly isDev: boolean;
  /** The names of the packages it is run with. */
  readonly needs: readonly string[];
  /** Where it lies, from the root of the repository. */
  readonly path: string;
}

const names = z.record(z.string(), z.string()).default({});
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string(),
      license: z.string().optional(),
      dev: z.boolean().default(false),
      dependencies: names,
      optionalDependencies: names,
    }),
  ),
});

const manifest = z.object({
  license: z
    .union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)])
    .optional()
    .catch(undefined),
});

/** Every package of package-lock.json under `root`, with the licence its own package.json names. */
export function readInstalledPackages(root: string): InstalledPackage[] {
  const { packages } = lockFile.parse(readJson(join(root, 'package-lock.json')));
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license, dev, dependencies, optionalDependencies }]) => {
      const file = join(root, path, 'package.json');
      return {
        name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
        version,
        // Packages made for other platforms are not installed here.
        licence: existsSync(file) ? manifest.parse(readJson(file)).license : license,
        isDev: dev,
        needs: Object.keys({ ...dependencies, ...optionalDependencies }),
        path,
      };
    });
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
