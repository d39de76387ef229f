import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { z } from 'zod';

const FOLDER = 'dist/bundled';
const paths = z.array(z.string());

/** Remembers which packages a build took files from. */
export function rememberBundled(build: string, { outputs }: Metafile): void {
  const taken = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
      bytesInOutput > 0
        ? (/(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [])
        : [],
    ),
  );
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${build}.json`), JSON.stringify([...new Set(taken)].sort(), null, 2));
}

/** Where the packages lie, from the root of the repository, of which something is in a bundle. */
export function bundledPaths(): ReadonlySet<string> {
  return new Set(
    readdirSync(FOLDER).flatMap((file) => paths.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')))),
  );
}
