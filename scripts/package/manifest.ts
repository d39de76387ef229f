import { z } from 'zod';

const rootManifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  engines: z.record(z.string(), z.string()),
  bin: z.record(z.string(), z.string()),
  exports: z.record(z.string(), z.unknown()),
  dependencies: z.record(z.string(), z.string()),
});

const lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

/** What stays outside the bundle: native parts, a library that starts threads of its own, and one that may be replaced. */
const OUTSIDE = ['openpgp', 'piscina', '@graphql-hive/router-query-planner'];
/** The database is native, one package a platform: npm installs the one that fits. */
const PLATFORMS = [
  ...['@libsql/linux-x64-gnu', '@libsql/linux-arm64-gnu'],
  ...['@libsql/darwin-x64', '@libsql/darwin-arm64'],
];

export interface Manifest {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** package.json of what is published: nothing is built or chosen where it is installed. */
export function manifestOf(root: unknown, lockFile: unknown): Manifest {
  const { dependencies: _bundled, ...manifest } = rootManifest.parse(root);
  const { packages } = lock.parse(lockFile);
  const pinned = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, versionOf(name)]));
  const versionOf = (name: string): string => {
    const { version } = packages[`node_modules/${name}`] ?? {};
    if (version === undefined) throw new Error(`package-lock.json does not know ${name}.`);
    return version;
  };
  return {
    ...manifest,
    type: 'module',
    dependencies: pinned(OUTSIDE),
    optionalDependencies: pinned(PLATFORMS),
    // For sealgraph/client/react alone.
    peerDependencies: { react: '>=18' },
    peerDependenciesMeta: { react: { optional: true } },
  };
}
