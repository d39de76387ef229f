import type { InstalledPackage } from './installed-packages.js';

/** Packages of which there must be one copy, and what two would break. */
const SINGLE: ReadonlyMap<string, string> = new Map([
  ['graphql', 'it refuses schemas made by another copy of itself'],
  ['type-graphql', 'its decorators register in a storage that each copy has of its own'],
  ['reflect-metadata', 'decorators and certificates find nothing that another copy stored'],
  ['graphql-scalars', 'a scalar of another copy is another type'],
  ['graphql-ws', 'client, gateway and subgraphs must speak the same protocol version'],
  ['ioredis', 'queue, store and bus must share one sort of connection'],
  ['bullmq', 'two versions write the same keys differently'],
  ['libsql', "two copies of SQLite in one process undo each other's file locks"],
  ['undici', 'a dispatcher of one copy is refused by another'],
  ['openpgp', 'keys are recognised by their class'],
  ['pino', 'two copies write to one stream without knowing of each other'],
  ['prom-client', 'metrics of another copy are missing from the registry'],
  ['zod', 'a schema of another copy is not understood'],
]);

/** One sentence for every package that is there in more than one copy and must not be. */
export function duplicateProblems(packages: readonly InstalledPackage[]): string[] {
  return [...SINGLE].flatMap(([name, reason]) => {
    const copies = packages.filter((entry) => entry.name === name);
    if (copies.length < 2) return [];
    const places = copies.map(({ version, path }) => `${version} in ${path}`).join(', ');
    return [`${name} is there ${copies.length} times (${places}), but ${reason}.`];
  });
}
